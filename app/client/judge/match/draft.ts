/** A match being judged: every tap is a new value, and the last ten can be taken back. */

import type { Match } from '../../feed/matches';
import { decide, EMPTY_BOUT, isClosed, type Bout, type Outcome, type Sides } from '../../rules/head_to_head';
import { evaluate } from '../../rules/sheet';
import type { Captain } from '../sheet/draft';
import { total } from '../sheet/running_total';
import type { Counting } from './countdown';
import type { Ruleset, Value } from '../../rules/types';

export const UNDO_STEPS = 10;

/** What was entered of a match, and what one step back restores. */
export interface MatchEntered {
  readonly bouts: readonly Bout[];
  readonly decision: string | null;
}

/** The judge's clock of the bout: since when it runs by the server's clock, and what it had before. */
export interface DraftClock {
  readonly startedMs: number | null;
  readonly elapsedS: number;
  /** Its bout is over: started again, it begins from zero. */
  readonly isDone?: boolean;
}

export interface MatchDraft extends MatchEntered {
  /** Account and match: see `draftKey`. */
  readonly key: string;
  readonly target: string;
  readonly kind: 'enter' | 'correct';
  /** The match's version when it was opened: what the server must still have. */
  readonly version: number;
  readonly clock: DraftClock;
  readonly countdowns?: readonly Counting[];
  readonly note: string;
  readonly reason: string;
  readonly past: readonly MatchEntered[];
  /** What each side's captain did with the match as it stands, by the side's id; any change takes it back. */
  readonly captains?: Readonly<Record<string, Captain>>;
}

export const STOPPED: DraftClock = { startedMs: null, elapsedS: 0 };

/** What to start from: nothing, what was shown so far, or what is confirmed of a match to be corrected. */
export function newMatchDraft(key: string, match: Match, ruleset: Ruleset): MatchDraft {
  // What screens were shown of a sheet is its points alone: of those it cannot be filled again.
  const isKnown = match.is_over || ruleset.fields.length === 0;
  return {
    key,
    target: match.target,
    kind: match.is_over ? 'correct' : 'enter',
    version: match.version,
    bouts: isKnown ? match.bouts : [],
    decision: match.decision,
    clock: STOPPED,
    note: '',
    reason: '',
    past: [],
  };
}

export function sidesOf(match: Match): Sides {
  const [left, right] = match.sides;
  return [left?.id ?? '', right?.id ?? ''];
}

/** How the match stands by its rules. */
export function outcomeOf(ruleset: Ruleset, sides: Sides, draft: MatchEntered): Outcome {
  if (!ruleset.match) throw new Error(`${ruleset.id} has no matches`);
  return decide(ruleset.match, sides, scoredBouts(ruleset, sides, draft.bouts), draft.decision);
}

/** The bouts with the points their sheets come to, open fields at their least. */
export function scoredBouts(ruleset: Ruleset, [left, right]: Sides, bouts: readonly Bout[]): readonly Bout[] {
  return bouts.map((bout) => {
    if (bout.sheet === null) return bout;
    const { evaluation, soFar } = total(ruleset, bout.sheet);
    const { results } = soFar ?? evaluation;
    return { ...bout, points: { [left]: results['left'] ?? 0, [right]: results['right'] ?? 0 } };
  });
}

/** Whether all that the rules want entered of a bout is there. */
export function isSheetWhole(ruleset: Ruleset, bout: Bout | undefined): boolean {
  const sheet = bout?.sheet ?? null;
  return sheet === null || evaluate(ruleset, sheet).ok;
}

/** Change the bout under way; a new one begins where the last is settled. */
export function inBout(draft: MatchDraft, outcome: Outcome, change: (bout: Bout) => Bout): MatchDraft {
  if (isClosed(outcome)) return draft;
  const open = isLastOpen(outcome);
  const kept = open ? draft.bouts.slice(0, -1) : draft.bouts;
  const bout = (open ? draft.bouts.at(-1) : undefined) ?? EMPTY_BOUT;
  return entered(draft, { bouts: [...kept, change(bout)] });
}

/** Change the last bout in its place: a sheet of fields, goals, a decision. */
export function inLastBout(draft: MatchDraft, change: (bout: Bout) => Bout): MatchDraft {
  return entered(draft, { bouts: [...draft.bouts.slice(0, -1), change(draft.bouts.at(-1) ?? EMPTY_BOUT)] });
}

/** Whether something was entered of a bout that nobody has taken yet. */
export function isLastOpen(outcome: Outcome): boolean {
  const last = outcome.bouts.at(-1);
  return last !== undefined && (last.by === 'open' || last.by === 'to_decide');
}

export function withWinner(side: string) {
  return (bout: Bout): Bout => ({ ...bout, winner: side });
}

export function withFault(kind: 'warnings' | 'false_starts', side: string) {
  return (bout: Bout): Bout => ({ ...bout, [kind]: { ...bout[kind], [side]: (bout[kind][side] ?? 0) + 1 } });
}

export function withPoints(side: string, by: number) {
  return (bout: Bout): Bout => ({
    ...bout,
    points: { ...bout.points, [side]: Math.max(0, (bout.points[side] ?? 0) + by) },
  });
}

export function withField(id: string, value: Value | undefined) {
  return (bout: Bout): Bout => {
    const rest = Object.fromEntries(Object.entries(bout.sheet ?? {}).filter(([key]) => key !== id));
    return { ...bout, sheet: value === undefined ? rest : { ...rest, [id]: value } };
  };
}

export function timedOut(bout: Bout): Bout {
  return { ...bout, timed_out: true };
}

/** The judge's decision: of a bout that ran out of time, or of the whole match. */
export function withDecision(draft: MatchDraft, outcome: Outcome, side: string): MatchDraft {
  if (outcome.bouts.at(-1)?.by === 'to_decide') return inLastBout(draft, (bout) => ({ ...bout, decision: side }));
  return entered(draft, { decision: side });
}

/** The match without its last bout. */
export function withoutLastBout(draft: MatchDraft): MatchDraft {
  return entered(draft, { bouts: draft.bouts.slice(0, -1), decision: null });
}

/** One step back; the draft itself where there is nothing to take back. */
export function undone(draft: MatchDraft): MatchDraft {
  const last = draft.past.at(-1);
  return last ? { ...draft, ...last, captains: {}, past: draft.past.slice(0, -1) } : draft;
}

/** The draft with what a side's captain did; undefined takes it back. */
export function withSideCaptain(draft: MatchDraft, side: string, captain: Captain | undefined): MatchDraft {
  const others = Object.entries(draft.captains ?? {}).filter(([id]) => id !== side);
  return { ...draft, captains: Object.fromEntries(captain ? [...others, [side, captain]] : others) };
}

/** Whether a captain refuses and has not said why. */
export function isRefusalUnsaid(draft: MatchDraft): boolean {
  return Object.values(draft.captains ?? {}).some(
    (captain) => captain.outcome === 'refused' && captain.comment.trim() === '',
  );
}

/** How many of a fault a side has over the match. */
export function faultsOf(draft: MatchEntered, kind: 'warnings' | 'false_starts', side: string): number {
  return draft.bouts.reduce((sum, bout) => sum + (bout[kind][side] ?? 0), 0);
}

export function elapsedS(clock: DraftClock, nowMs: number): number {
  const running = clock.startedMs === null ? 0 : (nowMs - clock.startedMs) / 1000;
  return Math.max(0, clock.elapsedS + running);
}

export function started(clock: DraftClock, nowMs: number): DraftClock {
  if (clock.startedMs !== null) return clock;
  return { startedMs: nowMs, elapsedS: clock.isDone === true ? 0 : clock.elapsedS };
}

export function stopped(clock: DraftClock, nowMs: number): DraftClock {
  return { startedMs: null, elapsedS: elapsedS(clock, nowMs) };
}

/** The draft with its clock stopped, if nobody is fighting any more. */
export function withClockOf(draft: MatchDraft, outcome: Outcome, nowMs: number): MatchDraft {
  if (isLastOpen(outcome) || outcome.bouts.length === 0) return draft;
  return { ...draft, clock: { ...stopped(draft.clock, nowMs), isDone: true } };
}

function entered(draft: MatchDraft, next: Partial<MatchEntered>): MatchDraft {
  const past = [...draft.past, { bouts: draft.bouts, decision: draft.decision }].slice(-UNDO_STEPS);
  return { ...draft, ...next, captains: {}, past };
}
