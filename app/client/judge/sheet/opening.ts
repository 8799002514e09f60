/** Hooks that bring a run's sheet onto the screen: the run, its rules, and the one editor of its draft. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { Run } from '../../feed/shapes';
import type { Ruleset } from '../../rules/types';
import { isOpen } from '../outbox/item';
import { draftKey } from '../store/drafts';
import { useTablet, type Tablet } from '../tablet';
import { begin } from './beginning';
import type { Draft } from './draft';
import { SheetEditor } from './editor';
import { tellStopwatch } from './shared_stopwatch';

export interface OpenSheet {
  readonly run: Run;
  readonly ruleset: Ruleset;
  readonly editor: SheetEditor;
}

/** The editors of this page's sheets, so that going to the review and back stays in one. */
const editors = new Map<string, SheetEditor>();

/** A run's sheet, or null while something of it is missing. */
export function useSheet(runId: string): OpenSheet | null {
  const tablet = useTablet();
  const run = tablet.run(runId);
  const ruleset = run && tablet.rulesetOf(run);
  const account = tablet.session.me.value?.account.id;
  const key = run && account ? draftKey(account, run.target) : null;
  const opened = useSignal<{ key: string; editor: SheetEditor } | null>(null);
  useEffect(() => {
    if (!key || !run || !ruleset || !account || opened.value?.key === key) return;
    void editorFor(tablet, key, run, ruleset, account).then((editor) => {
      opened.value = { key, editor };
    });
  });
  const found = opened.value;
  return run && ruleset && found?.key === key ? { run, ruleset, editor: found.editor } : null;
}

async function editorFor(
  tablet: Tablet,
  key: string,
  run: Run,
  ruleset: Ruleset,
  account: string,
): Promise<SheetEditor> {
  const known = editors.get(key);
  if (known) return known;
  const kept = await tablet.drafts.read(key);
  const first = kept ?? begin(key, run, ruleset, account, tablet.outbox.items.peek());
  const opened = editors.get(key);
  if (opened) return opened;
  const tell = (draft: Draft | null): void =>
    draft ? tablet.telling.changed(draft, ruleset) : tablet.telling.dropped(key);
  const editor = new SheetEditor(first, tablet.drafts, tell);
  editors.set(key, editor);
  shareStopwatch(tablet, run, editor);
  return editor;
}

/** Tell the hall what the stopwatch of this sheet does, from now on. A run that is not on its field has no clock there. */
function shareStopwatch(tablet: Tablet, run: Run, editor: SheetEditor): void {
  let before = editor.draft.peek();
  editor.draft.subscribe((after) => {
    const wish = tellStopwatch(run, before, after, tablet.live);
    before = after;
    if (wish && isOnField(tablet, run)) void tablet.keep(wish); // what it shows is in the draft anyway
  });
}

function isOnField(tablet: Tablet, run: Run): boolean {
  const opening = tablet.outbox.items
    .peek()
    .some((item) => item.type === 'OpenRun' && item.target === run.target && isOpen(item));
  return opening || tablet.run(run.id)?.armed === true;
}

/** Forget a draft: its command is kept, or the judge threw it away. */
export async function leaveSheet(editor: SheetEditor): Promise<void> {
  editors.delete(editor.draft.peek().key);
  await editor.drop();
}
