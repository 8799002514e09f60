/** A result mark instead of a result, and the judge's note. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { markText } from '../../feed/result_words';
import type { Ruleset } from '../../rules/types';
import type { Mark } from '../wire';
import { Icon } from '../widgets/icon';
import { useTyped } from '../widgets/typed';
import { placeId } from './attention';
import { withMark, type Draft } from './draft';
import type { SheetEditor } from './editor';
import { marksOffered } from './marks_offered';

export function Marks({
  ruleset,
  draft,
  editor,
}: {
  ruleset: Ruleset;
  draft: Draft;
  editor: SheetEditor;
}): JSX.Element | null {
  // A mark given before stays in sight, so that it can be taken back.
  const offered = marksOffered(ruleset);
  const allowed = draft.mark === null || offered.includes(draft.mark) ? offered : [...offered, draft.mark];
  const toggle = (mark: Mark): void => editor.change((old) => withMark(old, old.mark === mark ? null : mark));
  if (allowed.length === 0) return null;
  return (
    <section class="field" id={placeId('mark')} tabIndex={-1} data-testid="marks">
      <header class="field-head">
        <h3>{t('No result')}</h3>
      </header>
      <div class="choices" role="group">
        {allowed.map((mark) => (
          <button
            key={mark}
            class="choice choice-mark"
            aria-pressed={draft.mark === mark}
            data-testid={`mark-${mark}`}
            onClick={() => toggle(mark)}
          >
            {draft.mark === mark ? <Icon name="check" /> : null}
            <span>{markText(mark)}</span>
            <span class="choice-points">{mark}</span>
          </button>
        ))}
      </div>
      {draft.mark === null ? null : (
        <p class="field-hint">{t('The run gets no result. What is on the sheet is kept beside it.')}</p>
      )}
    </section>
  );
}

export function NoteEntry({ draft, editor }: { draft: Draft; editor: SheetEditor }): JSX.Element {
  const typed = useTyped(draft.note, (note) => editor.change((old) => ({ ...old, note })));
  return (
    <section class="field" id={placeId('note')} tabIndex={-1}>
      <header class="field-head">
        <h3>{t('Note')}</h3>
        <span class="field-value">{draft.note ? '' : t('optional')}</span>
      </header>
      <textarea
        class="text-entry"
        rows={2}
        maxLength={2000}
        data-testid="note"
        aria-label={t('Note')}
        {...typed}
      />
    </section>
  );
}
