/** The last look before a sheet is confirmed: every field, what it comes to, and what still stands in the way. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t, tn } from '../../feed/i18n';
import { visibleFields } from '../../rules/sheet';
import { show } from '../route';
import { useTablet, type Tablet } from '../tablet';
import { inWords, valueText } from '../words';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { Chip } from '../widgets/status';
import { asksCaptain, CaptainEntry } from './captain_entry';
import { score } from './commands';
import { ELAPSED_TIME, completed } from './measured';
import { leaveSheet, useSheet, type OpenSheet } from './opening';
import { mayConfirm, readiness, type Readiness } from './readiness';
import { ReasonEntry } from './reason_entry';
import { RunHead } from './run_head';
import { RunNotices } from './run_notices';
import { total, type Total } from './running_total';
import { problemText } from './sentences';
import { SheetMissing } from './sheet_page';
import { TotalPanel } from './total_panel';

export function ReviewPage({ runId }: { runId: string }): JSX.Element {
  const sheet = useSheet(runId);
  return sheet ? <Review {...sheet} /> : <SheetMissing runId={runId} />;
}

function Review(sheet: OpenSheet): JSX.Element {
  const { run, ruleset, editor } = sheet;
  const tablet = useTablet();
  const failed = useSignal(false);
  const busy = useSignal(false);
  const draft = editor.draft.value;
  const sum = total(ruleset, completed(draft.sheet, ruleset, run.clock));
  const state = readiness(draft, ruleset, sum, run.clock, tablet.live.offlineSinceMs.value !== null);
  const confirm = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    failed.value = !(await confirmSheet(tablet, sheet));
    busy.value = false;
  };
  return (
    <main class="review-page">
      <RunHead run={run} back={{ kind: 'sheet', run: run.id }} />
      <RunNotices run={run} editor={editor} />
      <Values sheet={sheet} sum={sum} />
      {draft.kind === 'correct' ? <ReasonEntry draft={draft} editor={editor} /> : null}
      {asksCaptain(run, draft) ? <CaptainEntry draft={draft} editor={editor} /> : null}
      <Obstacle state={state} sum={sum} />
      {failed.value ? (
        <Notice tone="bad" testid="not-kept">
          {t(
            'This tablet could not keep the score: its storage is full or closed. Nothing was sent. Free some space and confirm again.',
          )}
        </Notice>
      ) : null}
      <footer class="action-bar">
        <button class="button" data-testid="edit" onClick={() => show({ kind: 'sheet', run: run.id })}>
          <Icon name="edit" /> {t('Change')}
        </button>
        <TotalPanel ruleset={ruleset} draft={draft} sum={sum} />
        <button
          class="button button-main"
          data-testid="confirm"
          disabled={!mayConfirm(state) || busy.value}
          onClick={() => void confirm()}
        >
          <Icon name="check" /> {t('Confirm')}
        </button>
      </footer>
    </main>
  );
}

/** Keep the command first; only then let go of the draft. False if it could not be kept. */
async function confirmSheet(tablet: Tablet, { run, editor }: OpenSheet): Promise<boolean> {
  const maker = tablet.session.maker();
  if (!maker) return false;
  try {
    await tablet.outbox.add(score(run, editor.draft.peek()), maker);
  } catch {
    return false;
  }
  await leaveSheet(editor).catch(() => undefined); // a draft left over is offered again, never sent by itself
  show({ kind: 'queue' }, true);
  return true;
}

function Values({ sheet: { run, ruleset, editor }, sum }: { sheet: OpenSheet; sum: Total }): JSX.Element {
  const draft = editor.draft.value;
  const filled = completed(draft.sheet, ruleset, run.clock);
  const visible = visibleFields(ruleset, filled);
  return (
    <table class="values" data-testid="review-values">
      <tbody>
        {ruleset.fields
          .filter((field) => visible.has(field.id))
          .map((field) => {
            const entered = draft.sheet[field.id];
            const measured = field.source === ELAPSED_TIME;
            const isOpen = sum.open.includes(field.id);
            return (
              <tr key={field.id} class={isOpen ? 'value-open' : ''} data-testid={`review-${field.id}`}>
                <th scope="row">{inWords(field.label)}</th>
                <td class="figures">
                  {measured && filled[field.id] === undefined
                    ? t('Taken from the field when sent')
                    : valueText(field, filled[field.id])}
                  {measured && entered !== undefined ? (
                    <Chip tone="warn" icon="hand" word={t('Hand time')} />
                  ) : null}
                </td>
              </tr>
            );
          })}
        {draft.note && draft.kind === 'enter' ? (
          <tr>
            <th scope="row">{t('Note')}</th>
            <td>{draft.note}</td>
          </tr>
        ) : null}
      </tbody>
    </table>
  );
}

function Obstacle({ state, sum }: { state: Readiness; sum: Total }): JSX.Element | null {
  switch (state.kind) {
    case 'ready':
      return sum.evaluation.warnings.length === 0 ? null : (
        <Notice tone="warn">{sum.evaluation.warnings.map(problemText).join(' ')}</Notice>
      );
    case 'time_from_field':
      return (
        <Notice tone="warn" testid="time-from-field">
          {t('The time will be taken from the field when the score is sent.')}
        </Notice>
      );
    case 'clock_not_stopped':
      return (
        <Notice tone="bad" testid="obstacle">
          {t('The field has no finish time yet. Wait for it, or go back and enter a hand time.')}
        </Notice>
      );
    case 'open_fields':
      return (
        <Notice tone="bad" testid="obstacle">
          {tn(
            '{n} field is not set. Set it, or mark the run.',
            '{n} fields are not set. Set them, or mark the run.',
            state.ids.length,
          )}
        </Notice>
      );
    case 'broken_rules':
      return (
        <Notice tone="bad" testid="obstacle">
          {sum.evaluation.errors
            .filter((error) => error.code !== 'required')
            .map(problemText)
            .join(' ')}
        </Notice>
      );
    case 'refusal_unsaid':
      return (
        <Notice tone="warn" testid="obstacle">
          {t('Write down why the captain refuses to sign.')}
        </Notice>
      );
    case 'reason_needed':
      return (
        <Notice tone="warn" testid="obstacle">
          {t('Say why the sheet is corrected.')}
        </Notice>
      );
  }
}
