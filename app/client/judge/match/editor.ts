/** One match on the tablet: its draft, kept at every tap, and told to the screens while the match is on its field. */

import { signal, type ReadonlySignal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { Match } from '../../feed/matches';
import type { Ruleset } from '../../rules/types';
import { isOpen, needsPerson, type OutboxItem } from '../outbox/item';
import { draftKey } from '../store/drafts';
import { Keeping } from '../store/keeping';
import { useTablet, type Tablet } from '../tablet';
import { showBouts } from './commands';
import { isLastOpen, newMatchDraft, outcomeOf, sidesOf, withClockOf, type MatchDraft } from './draft';
import { Rest, type Tap } from './rest';

export class MatchEditor {
  private readonly current;
  private readonly keeping: Keeping<MatchDraft>;

  /** What rests for a moment, so that a double tap counts once. */
  readonly rest = new Rest();
  readonly draft: ReadonlySignal<MatchDraft>;
  /** Whether the last tap could not be kept (storage full, say): it is only on the screen. */
  readonly isUnkept: ReadonlySignal<boolean>;

  constructor(
    first: MatchDraft,
    private readonly ruleset: Ruleset,
    private readonly tablet: Tablet,
  ) {
    this.current = signal(first);
    this.draft = this.current;
    this.keeping = new Keeping((draft) => tablet.drafts.keep(draft));
    this.isUnkept = this.keeping.isUnkept;
  }

  change(step: (old: MatchDraft) => MatchDraft): void {
    const old = this.current.peek();
    const next = step(old);
    if (next === old) return;
    this.current.value = next;
    this.keeping.put(next);
  }

  /** The same, and let the screens see it. */
  changeAndShow(match: Match, step: (old: MatchDraft) => MatchDraft): void {
    this.change(step);
    const draft = this.current.peek();
    if (draft.kind !== 'correct') void this.tablet.keep(showBouts(match, this.ruleset, draft)); // only a picture
  }

  /** A tap that may end the bout under way, made at `atMs`: one that slipped changes nothing. What ends a bout stops its clock. */
  tap(match: Match, tap: Tap, atMs: number, step: (old: MatchDraft) => MatchDraft): void {
    if (!this.rest.takes(tap, atMs)) return;
    const before = this.current.peek();
    const outcomeNow = (draft: MatchDraft) => outcomeOf(this.ruleset, sidesOf(match), draft);
    this.changeAndShow(match, (old) => {
      const next = step(old);
      return next === old ? old : withClockOf(next, outcomeNow(next), this.tablet.live.serverNowMs());
    });
    const after = this.current.peek();
    if (after !== before) this.rest.counted(tap, !isLastOpen(outcomeNow(after)), atMs);
  }

  /** The same as `changeAndShow` for what takes something back. */
  takeBack(match: Match, step: (old: MatchDraft) => MatchDraft): void {
    this.changeAndShow(match, step);
    this.rest.forget();
  }

  /** Forget the draft, once its command is in the outbox. */
  async drop(): Promise<void> {
    editors.delete(this.current.peek().key);
    await this.keeping.settled();
    await this.tablet.drafts.drop(this.current.peek().key);
  }
}

export interface OpenedMatch {
  readonly match: Match;
  readonly ruleset: Ruleset;
  readonly editor: MatchEditor;
}

/** The editors of this page's matches, so that going to the review and back stays in one. */
const editors = new Map<string, MatchEditor>();

/** A match's sheet, or null while something of it is missing. */
export function useMatch(matchId: string): OpenedMatch | null {
  const tablet = useTablet();
  const match = tablet.match(matchId);
  const ruleset = match && tablet.rulesetOf(match);
  const account = tablet.session.me.value?.account.id;
  const key = match && account ? draftKey(account, match.target) : null;
  const opened = useSignal<{ key: string; editor: MatchEditor } | null>(null);
  useEffect(() => {
    if (!key || !match || !ruleset || opened.value?.key === key) return;
    void editorFor(tablet, key, match, ruleset).then((editor) => {
      opened.value = { key, editor };
    });
  });
  const found = opened.value;
  return match && ruleset && found?.key === key ? { match, ruleset, editor: found.editor } : null;
}

async function editorFor(tablet: Tablet, key: string, match: Match, ruleset: Ruleset): Promise<MatchEditor> {
  const known = editors.get(key);
  if (known) return known;
  const kept = await tablet.drafts.readMatch(key);
  const first = kept ?? begin(key, match, ruleset, tablet.outbox.items.peek());
  const editor = editors.get(key) ?? new MatchEditor(first, ruleset, tablet);
  editors.set(key, editor);
  return editor;
}

/** A new draft; what this judge entered and the server has not confirmed is taken up again. */
function begin(key: string, match: Match, ruleset: Ruleset, items: readonly OutboxItem[]): MatchDraft {
  const fresh = newMatchDraft(key, match, ruleset);
  const waiting = waitingResult(items, match);
  if (!waiting) return fresh;
  const { bouts, decision, reason } = waiting.payload as Partial<MatchDraft>;
  const inDoubt = isOpen(waiting) && waiting.tries > 0;
  return {
    ...fresh,
    kind: inDoubt ? 'correct' : fresh.kind,
    bouts: bouts ?? fresh.bouts,
    decision: decision ?? fresh.decision,
    reason: reason ?? '',
  };
}

/** The newest result of a match made here that the server has not confirmed. */
export function waitingResult(items: readonly OutboxItem[], match: Match): OutboxItem | undefined {
  return items.findLast(
    (item) =>
      item.target === match.target &&
      (item.type === 'EnterMatch' || item.type === 'CorrectMatch' || item.type === 'GiveWalkover') &&
      (isOpen(item) || needsPerson(item)),
  );
}
