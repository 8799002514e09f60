/** The last look before a sheet is confirmed: every field, what it comes to, and what still stands in the way. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t, tn } from '../../feed/i18n';
import { comeBack, show } from '../route';
import { useTablet, type Tablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { ScoreUnkept } from '../widgets/unkept';
import { placeOf } from './attention';
import { asksCaptain, CaptainEntry } from './captain_entry';
import { score } from './commands';
import { withCaptain } from './draft';
import { completed } from './measured';
import { leaveSheet, useSheet, type OpenSheet } from './opening';
import { mayConfirm, readiness, type Readiness } from './readiness';
import { ReasonEntry } from './reason_entry';
import { ReviewValues, toPlace } from './review_values';
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
      <ReviewValues sheet={sheet} sum={sum} />
      {draft.kind === 'correct' ? <ReasonEntry draft={draft} editor={editor} /> : null}
      {asksCaptain(run, draft) ? (
        <CaptainEntry
          captain={draft.captain ?? null}
          set={(next) => editor.change((old) => withCaptain(old, next))}
        />
      ) : null}
      <Obstacle state={state} sum={sum} runId={run.id} />
      {failed.value ? <ScoreUnkept /> : null}
      <footer class="action-bar">
        <button class="button" data-testid="edit" onClick={() => comeBack({ kind: 'sheet', run: run.id })}>
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
  if (!(await tablet.keep(score(run, editor.draft.peek())))) return false;
  await leaveSheet(editor).catch(() => undefined); // a draft left over is offered again, never sent by itself
  show({ kind: 'queue' }, true);
  return true;
}

function Obstacle({ state, sum, runId }: { state: Readiness; sum: Total; runId: string }): JSX.Element | null {
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
          <p>
            {tn(
              '{n} field is not set. Set it, or mark the run.',
              '{n} fields are not set. Set them, or mark the run.',
              state.ids.length,
            )}
          </p>
          <ShowIt runId={runId} path={state.ids[0]} />
        </Notice>
      );
    case 'broken_rules': {
      const wrong = sum.evaluation.errors.filter((error) => error.code !== 'required');
      return (
        <Notice tone="bad" testid="obstacle">
          <p>{wrong.map(problemText).join(' ')}</p>
          <ShowIt runId={runId} path={wrong[0]?.fields[0]} />
        </Notice>
      );
    }
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

/** The way to the first of what stands in the way. */
function ShowIt({ runId, path }: { runId: string; path: string | undefined }): JSX.Element | null {
  if (path === undefined) return null;
  return (
    <button class="button" data-testid="to-obstacle" onClick={() => toPlace(runId, placeOf(path))}>
      {t('Show it')}
    </button>
  );
}
