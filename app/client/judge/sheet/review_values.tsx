/** Every value of a sheet in its last look: what is open or wrong stands out, and a tap on a line leads to its field. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { markText } from '../../feed/result_words';
import { visibleFields } from '../../rules/sheet';
import type { Field } from '../../rules/types';
import { show } from '../route';
import { Icon } from '../widgets/icon';
import { Chip } from '../widgets/status';
import { inWords, valueText } from '../words';
import { lead, placeOf, type SheetPlace } from './attention';
import { ELAPSED_TIME, completed } from './measured';
import type { OpenSheet } from './opening';
import type { Total } from './running_total';
import { problemsAt } from './sentences';

/** Open a run's sheet at a place of it. */
export function toPlace(runId: string, place: SheetPlace): void {
  show({ kind: 'sheet', run: runId });
  lead(place);
}

export function ReviewValues({ sheet, sum }: { sheet: OpenSheet; sum: Total }): JSX.Element {
  const { run, ruleset, editor } = sheet;
  const draft = editor.draft.value;
  const visible = visibleFields(ruleset, completed(draft.sheet, ruleset, run.clock));
  return (
    <table class="values" data-testid="review-values">
      <tbody>
        {draft.mark === null ? null : (
          <Line runId={run.id} place="mark" label={t('No result')}>
            {markText(draft.mark)}
          </Line>
        )}
        {ruleset.fields
          .filter((field) => visible.has(field.id))
          .map((field) => (
            <FieldLine key={field.id} field={field} sheet={sheet} sum={sum} />
          ))}
        {draft.note && draft.kind === 'enter' ? (
          <Line runId={run.id} place="note" label={t('Note')}>
            {draft.note}
          </Line>
        ) : null}
      </tbody>
    </table>
  );
}

function FieldLine({ field, sheet, sum }: { field: Field; sheet: OpenSheet; sum: Total }): JSX.Element {
  const { run, ruleset, editor } = sheet;
  const { sheet: entered } = editor.draft.value;
  const filled = completed(entered, ruleset, run.clock);
  const isMeasured = field.source === ELAPSED_TIME;
  const problems = problemsAt(sum.evaluation.errors, field.id);
  const isWrong = problems.some((problem) => problem.code !== 'required');
  const state = isWrong ? 'wrong' : problems.length > 0 ? 'open' : undefined;
  return (
    <Line runId={run.id} place={placeOf(field.id)} label={inWords(field.label)} state={state}>
      {isWrong ? <Icon name="stop" /> : null}{' '}
      {isMeasured && filled[field.id] === undefined
        ? t('Taken from the field when sent')
        : valueText(field, filled[field.id])}
      {isMeasured && entered[field.id] !== undefined ? (
        <Chip tone="warn" icon="hand" word={t('Hand time')} />
      ) : null}
    </Line>
  );
}

function Line(props: {
  runId: string;
  place: SheetPlace;
  label: string;
  state?: 'open' | 'wrong' | undefined;
  children: JSX.Element | string | (JSX.Element | string | null)[];
}): JSX.Element {
  const { runId, place, label, state, children } = props;
  const go = (): void => toPlace(runId, place);
  return (
    <tr
      class={state === undefined ? '' : `value-${state}`}
      data-testid={`review-${place.replace(/^field-/, '')}`}
      data-state={state}
      onClick={go}
    >
      <th scope="row">
        <button class="value-way">{label}</button>
      </th>
      <td class="figures">{children}</td>
    </tr>
  );
}
