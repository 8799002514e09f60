/** A field that repeats: a row each for what happened, added and removed as it happens. */

import type { JSX } from 'preact';

import { t } from '../../../feed/i18n';
import type { Field } from '../../../rules/types';
import { inWords } from '../../words';
import { Icon } from '../../widgets/icon';
import { rowsOf, valueAt, withRowAdded, withRowRemoved, withValue, type Draft } from '../draft';
import type { SheetEditor } from '../editor';
import { Entry } from './field_card';

export function Rows({ field, draft, editor }: { field: Field; draft: Draft; editor: SheetEditor }): JSX.Element {
  const rows = rowsOf(draft.sheet, field.id);
  return (
    <div class="rows">
      {rows.map((_, at) => (
        <fieldset class="row" key={at}>
          <legend>
            {at + 1}
            <button
              class="button button-quiet"
              data-testid={`field-${field.id}-remove-${at}`}
              onClick={() => editor.change((old) => withRowRemoved(old, field.id, at))}
            >
              <Icon name="cross" /> {t('Remove')}
            </button>
          </legend>
          {field.fields.map((column) => (
            <div class="column" key={column.id}>
              <span class="column-label">{inWords(column.label)}</span>
              <Entry
                field={column}
                path={`${field.id}.${at}.${column.id}`}
                value={valueAt(draft.sheet, [field.id, at, column.id])}
                set={(value) => editor.change((old) => withValue(old, [field.id, at, column.id], value))}
                clock={null}
              />
            </div>
          ))}
        </fieldset>
      ))}
      {rows.length < field.max_rows ? (
        <button
          class="button"
          data-testid={`field-${field.id}-add`}
          onClick={() => editor.change((old) => withRowAdded(old, field.id))}
        >
          + {t('Add a row')}
        </button>
      ) : null}
      {draft.sheet[field.id] === undefined && field.min_rows === 0 ? (
        <button
          class="button"
          data-testid={`field-${field.id}-none`}
          onClick={() => editor.change((old) => withValue(old, [field.id], []))}
        >
          {t('none')}
        </button>
      ) : null}
    </div>
  );
}
