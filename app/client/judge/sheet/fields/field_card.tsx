/** One field of the sheet: its label, its value or that it is not set, how to enter it, and what is wrong with it. */

import type { JSX } from 'preact';

import { t } from '../../../feed/i18n';
import type { Field, RubricCriterion, SheetProblem } from '../../../rules/types';
import { inWords, valueText } from '../../words';
import type { Clock } from '../../wire';
import { Icon } from '../../widgets/icon';
import { placeId, placeOf } from '../attention';
import { valueAt, withTypedTime, withValue, type Draft } from '../draft';
import type { SheetEditor } from '../editor';
import { counted, ELAPSED_TIME } from '../measured';
import { problemText } from '../sentences';
import { Choice, FewNumbers, MultipleChoice, YesNo } from './choices';
import type { EntryProps } from './entry';
import { Levels } from './levels';
import { Rows } from './rows';
import { Stepper } from './stepper';
import { TextEntry } from './text_entry';
import { MeasuredTime, TimeInputs } from './time_entry';

const FEW = 10;

export function FieldCard(props: {
  field: Field;
  draft: Draft;
  editor: SheetEditor;
  clock: Clock;
  levels: RubricCriterion['levels'];
  errors: readonly SheetProblem[];
  warnings: readonly SheetProblem[];
}): JSX.Element {
  const { field, draft, editor } = props;
  const value = valueAt(draft.sheet, [field.id]);
  const fromField = field.source === ELAPSED_TIME;
  const isSet = value !== undefined;
  const byGates = isSet ? null : counted(field, props.clock);
  return (
    <section
      id={placeId(placeOf(field.id))}
      tabIndex={-1}
      class={`field field-of-${field.type} ${isSet || fromField || byGates !== null ? '' : 'field-unset'}`}
      data-testid={`field-${field.id}`}
      data-set={isSet}
    >
      <header class="field-head">
        <h3>{inWords(field.label)}</h3>
        {byGates === null ? null : (
          <span class="field-value" data-testid={`field-${field.id}-by-gates`}>
            {t('by the gates: {value}', { value: valueText(field, byGates) })}
          </span>
        )}
        {fromField || isSet || byGates !== null ? null : (
          <span class="field-value">{field.required ? t('not set') : t('optional')}</span>
        )}
        {isSet && !fromField ? (
          <button
            class="button button-quiet"
            data-testid={`field-${field.id}-clear`}
            aria-label={t('Clear')}
            onClick={() => editor.change((old) => withValue(old, [field.id], undefined))}
          >
            <Icon name="cross" />
          </button>
        ) : null}
      </header>
      {field.hint ? <p class="field-hint">{inWords(field.hint)}</p> : null}
      {field.type === 'rows' ? (
        <Rows field={field} draft={draft} editor={editor} />
      ) : (
        <Entry
          field={field}
          path={field.id}
          value={value}
          set={(next) =>
            editor.change((old) => (fromField ? withTypedTime : withValue)(old, [field.id], next))
          }
          clock={props.clock}
          editor={editor}
        />
      )}
      {props.levels.length > 0 ? (
        <Levels
          levels={props.levels}
          value={typeof value === 'number' ? value : undefined}
          path={field.id}
          set={(next) => editor.change((old) => withValue(old, [field.id], next))}
        />
      ) : null}
      <Problems problems={props.errors} tone="bad" />
      <Problems problems={props.warnings} tone="warn" />
    </section>
  );
}

function Problems({
  problems,
  tone,
}: {
  problems: readonly SheetProblem[];
  tone: 'bad' | 'warn';
}): JSX.Element | null {
  if (problems.length === 0) return null;
  return (
    <ul class={`problems problems-${tone}`}>
      {problems.map((problem) => (
        <li key={`${problem.field}${problem.code}`} data-testid={`problem-${problem.code}`}>
          <Icon name={tone === 'bad' ? 'stop' : 'warning'} /> {problemText(problem)}
        </li>
      ))}
    </ul>
  );
}

/** The way to enter a value, by the field's type. There is no clock inside rows, which no gate measures. */
export function Entry(props: EntryProps & { clock: Clock | null; editor?: SheetEditor }): JSX.Element {
  const { field, clock, editor } = props;
  switch (field.type) {
    case 'yes_no':
      return <YesNo {...props} />;
    case 'choice':
      return <Choice {...props} />;
    case 'multiple_choice':
      return <MultipleChoice {...props} />;
    case 'time':
      return clock && editor && field.source === ELAPSED_TIME ? (
        <MeasuredTime {...props} clock={clock} editor={editor} />
      ) : (
        <TimeInputs {...props} />
      );
    case 'whole':
      return isFew(field) ? <FewNumbers {...props} /> : <Stepper {...props} />;
    case 'number':
      return <Stepper {...props} />;
    default:
      return <TextEntry {...props} />;
  }
}

function isFew(field: Field): boolean {
  return field.max !== null && field.max - (field.min ?? 0) <= FEW && (field.step ?? 1) === 1;
}
