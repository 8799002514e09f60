/** Takes back the last tap, says which field that was, and shows it. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Ruleset } from '../../rules/types';
import { Icon } from '../widgets/icon';
import { inWords } from '../words';
import { lead, placeOf } from './attention';
import { changedBetween, undone, type Draft } from './draft';
import type { SheetEditor } from './editor';
import { ELAPSED_TIME } from './measured';

export function UndoButton({ ruleset, editor }: { ruleset: Ruleset; editor: SheetEditor }): JSX.Element {
  const draft = editor.draft.value;
  const taken = useSignal<{ what: string; leaving: Draft } | null>(null);
  const undo = (): void => {
    const before = editor.draft.peek();
    editor.change(undone);
    const leaving = editor.draft.peek();
    const id = changedBetween(before, leaving) ?? timeOf(ruleset);
    if (id === null) return;
    taken.value = { what: nameOf(ruleset, id), leaving };
    lead(placeOf(id));
  };
  return (
    <>
      <button class="button" data-testid="undo" disabled={draft.past.length === 0} onClick={undo}>
        <Icon name="undo" /> {t('Undo')}
      </button>
      {/* Said until the sheet changes again. */}
      <p class="action-note" role="status" data-testid="undone">
        {taken.value?.leaving === draft ? t('Taken back: {what}', { what: taken.value.what }) : null}
      </p>
    </>
  );
}

/** Where nothing of the sheet differs, it was the stopwatch that goes on. */
function timeOf(ruleset: Ruleset): string | null {
  return ruleset.fields.find((field) => field.source === ELAPSED_TIME)?.id ?? null;
}

function nameOf(ruleset: Ruleset, id: string): string {
  if (id === 'mark') return t('No result');
  return inWords(ruleset.fields.find((field) => field.id === id)?.label) || id;
}
