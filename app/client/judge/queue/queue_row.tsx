/** One run in the queue: who, how it stands here and at the server, and the one thing to do with it. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { markText } from '../../feed/result_words';
import { isOpen, needsPerson, runOf, type OutboxItem } from '../outbox/item';
import { typeText } from '../outbox/outbox_page';
import { show } from '../route';
import { sheetsStanding } from '../sheet/agreement';
import { openRun } from '../sheet/commands';
import { attemptText } from '../sheet/run_head';
import { draftKey } from '../store/drafts';
import { useTablet, type Tablet } from '../tablet';
import type { Result, Run } from '../wire';
import { clockText, inWords, resultText } from '../words';
import { ArrivalMarks } from '../widgets/arrival_marks';
import { Icon } from '../widgets/icon';
import { Chip, CommandStatus, RunStatusChip } from '../widgets/status';
import { PlannedStart } from '../widgets/planned_start';
import { RowWays } from './row_ways';
import { waitingScore } from './turns';

interface QueueRowProps {
  readonly run: Run;
  /** Whether it is the run most likely to be opened now. */
  readonly isNext: boolean;
  /** What was asked of it here and has no answer yet. */
  readonly asked?: OutboxItem | undefined;
  /** Those that a waiting one may change places with. */
  readonly others?: readonly Run[];
}

export function QueueRow(props: QueueRowProps): JSX.Element {
  const { run, isNext, asked, others } = props;
  const isWide = useSignal(false);
  const tablet = useTablet();
  const kept = waitingScore(tablet.outbox.items.value, run);
  const account = tablet.session.me.value?.account.id ?? '';
  const mine = kept?.madeBy.account === account;
  const isBegun = tablet.drafts.begun.value.has(draftKey(account, run.target));
  const division = tablet.queue.value?.data.divisions[run.division]?.name;
  return (
    <li
      class={`queue-row ${run.armed ? 'queue-row-on' : ''}`}
      data-testid="queue-row"
      data-run={run.id}
      data-status={run.status}
    >
      <span class="queue-number figures">{run.entry.number}</span>
      <div class="queue-who">
        <strong>{run.entry.team}</strong>
        <span>
          {attemptText(run)} · {run.entry.organisation}
        </span>
        <span class="queue-division">{inWords(division)}</span>
      </div>
      <div class="queue-state">
        {kept ? <CommandStatus item={kept} mine={mine} /> : <RunStatusChip status={run.status} />}
        {run.planned_at_utc && run.planned_clock && run.result === null ? (
          <PlannedStart atUtc={run.planned_at_utc} time={run.planned_clock} counts={isNext} />
        ) : null}
        {asked ? <Asked item={asked} mine={asked.madeBy.account === account} /> : null}
        <KeptMark item={kept} />
        <RunMarks run={run} />
        {isBegun ? <Chip tone="warn" icon="edit" word={t('Sheet begun')} testid="sheet-begun" /> : null}
        {run.result ? <ResultText result={run.result} /> : null}
      </div>
      {sheetsStanding(run, account) === 'differ' && !(kept && isOpen(kept)) ? (
        <Agree run={run} />
      ) : kept && needsPerson(kept) ? (
        <Mend item={kept} />
      ) : (
        <div class="queue-buttons">
          {others ? (
            <button
              class="button button-quiet"
              data-testid="row-more"
              aria-expanded={isWide.value}
              aria-label={t('More for {team}', { team: run.entry.team })}
              onClick={() => (isWide.value = !isWide.value)}
            >
              <Icon name={isWide.value ? 'cross' : 'more'} />
            </button>
          ) : null}
          <OpenButton run={run} isKept={kept !== undefined} isNext={isNext} />
        </div>
      )}
      {others && isWide.value ? <RowWays run={run} others={others} done={() => (isWide.value = false)} /> : null}
    </li>
  );
}

/** What was asked of a run, and how far that has come. */
function Asked({ item, mine }: { item: OutboxItem; mine: boolean }): JSX.Element {
  return (
    <span class="queue-result" data-testid="asked" data-type={item.type}>
      <Chip tone="calm" icon="compare" word={typeText(item.type)} />
      <CommandStatus item={item} mine={mine} />
    </span>
  );
}

/** The mark that a score kept here gives the run. */
function KeptMark({ item }: { item: OutboxItem | undefined }): JSX.Element | null {
  const mark = item?.payload['mark'];
  return typeof mark === 'string' ? <strong data-testid="kept-mark">{markText(mark)}</strong> : null;
}

/** What is special about a run. */
function RunMarks({ run }: { run: Run }): JSX.Element {
  const sheets = run.sheets?.length ?? 0;
  const needed = run.sheets_needed ?? 1;
  return (
    <>
      {run.result === null ? <ArrivalMarks arrival={run.arrival ?? null} /> : null}
      {run.practice === true ? <Chip tone="calm" icon="edit" word={t('Practice')} testid="practice" /> : null}
      {run.replay_of ? <Chip tone="calm" icon="undo" word={t('Held again')} testid="replay" /> : null}
      {(run.disputes?.length ?? 0) > 0 ? (
        <Chip tone="bad" icon="compare" word={t('Another tablet says otherwise')} testid="disputed" />
      ) : null}
      {run.replaced_by ? <Chip tone="calm" icon="cross" word={t('Does not count: held again')} /> : null}
      {run.called_at_utc && run.result === null ? (
        <Chip
          tone="busy"
          icon="flag"
          word={t('Called at {time}', { time: clockText(Date.parse(run.called_at_utc)) })}
          testid="called"
        />
      ) : null}
      {needed > 1 && run.result === null ? (
        <Chip
          tone={sheets > 0 ? 'busy' : 'calm'}
          icon="person"
          word={t('Sheets in: {in} of {needed}', { in: sheets, needed })}
          testid="sheets-in"
        />
      ) : null}
    </>
  );
}

function ResultText({ result }: { result: Result }): JSX.Element {
  return (
    <span class="queue-result figures">
      {result.mark !== null
        ? markText(result.mark)
        : result.shown.map((one) => resultText(one.type, one.value, one.unit)).join(' · ')}
      {result.hand_time ? (
        <Chip
          tone="warn"
          icon="hand"
          word={result.stopwatch === true ? t('Hand time, by stopwatch') : t('Hand time')}
        />
      ) : null}
      {result.captain === 'signed' ? <Chip tone="good" icon="check" word={t('Signed')} /> : null}
      {result.captain === 'refused' ? <Chip tone="warn" icon="hand" word={t('Refused to sign')} /> : null}
      {result.captain === 'not_seen' ? <Chip tone="warn" icon="person" word={t('The captain saw another sheet')} /> : null}
      {result.corrected ? <Chip tone="calm" icon="edit" word={t('Corrected')} /> : null}
    </span>
  );
}

function OpenButton({ run, isKept, isNext }: { run: Run; isKept: boolean; isNext: boolean }): JSX.Element {
  const tablet = useTablet();
  const account = tablet.session.me.value?.account.id ?? '';
  const correcting = run.result !== null || isKept || sheetsStanding(run, account) === 'mine_in';
  return (
    <button
      class={`button ${isNext && !correcting ? 'button-main' : ''}`}
      data-testid={correcting ? 'run-correct' : 'run-open'}
      onClick={() => void open(tablet, run, correcting)}
    >
      {correcting ? t('Correct') : run.armed ? t('Sheet') : t('Open')}
    </button>
  );
}

function Agree({ run }: { run: Run }): JSX.Element {
  return (
    <button
      class="button button-main"
      data-testid="row-agree"
      onClick={() => show({ kind: 'agree', run: run.id })}
    >
      <Icon name="compare" /> {t('Compare')}
    </button>
  );
}

function Mend({ item }: { item: OutboxItem }): JSX.Element {
  const run = runOf(item);
  const settle = item.state === 'conflict';
  return (
    <button
      class="button button-main"
      data-testid={settle ? 'row-settle' : 'row-mend'}
      onClick={() => show(settle ? { kind: 'settle', command: item.id } : { kind: 'sheet', run })}
    >
      <Icon name={settle ? 'compare' : 'edit'} /> {settle ? t('Compare') : t('Mend')}
    </button>
  );
}

/** Put the run on its field, unless it is there, and show its sheet; the sheet opens whatever becomes of the command. */
async function open(tablet: Tablet, run: Run, correcting: boolean): Promise<void> {
  show({ kind: 'sheet', run: run.id });
  const wasHeld = (run.sheets?.length ?? 0) > 0; // another judge's sheet of it is in: the gates are not armed again
  const isJudged = (run.judge ?? null) !== null; // no gates, and several judges at a time
  if (!correcting && !wasHeld && !isJudged && !run.armed) await tablet.keep(openRun(run));
}
