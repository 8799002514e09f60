/** Hooks that bring a run's sheet onto the screen: the run, its rules, and the one editor of its draft. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { Run } from '../../feed/shapes';
import type { Ruleset } from '../../rules/types';
import { draftKey } from '../store/drafts';
import { useTablet, type Tablet } from '../tablet';
import { begin } from './beginning';
import { SheetEditor } from './editor';

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
  const editor = editors.get(key) ?? new SheetEditor(first, tablet.drafts);
  editors.set(key, editor);
  return editor;
}

/** Forget a draft: its command is kept, or the judge threw it away. */
export async function leaveSheet(editor: SheetEditor): Promise<void> {
  editors.delete(editor.draft.peek().key);
  await editor.drop();
}
