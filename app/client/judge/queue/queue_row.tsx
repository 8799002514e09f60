/** One run in the queue: who, how it stands here and at the server, and the one thing to do with it. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { needsPerson, runOf, type OutboxItem } from '../outbox/item';
import { show } from '../route';
import { openRun } from '../sheet/commands';
import { attemptText } from '../sheet/run_head';
import { draftKey } from '../store/drafts';
import { useTablet, type Tablet } from '../tablet';
import type { Result, Run } from '../wire';
import { inWords, markText, resultText } from '../words';
import { Icon } from '../widgets/icon';
import { Chip, CommandStatus, RunStatusChip } from '../widgets/status';
import { waitingScore } from './turns';

/** `isNext` marks the run most likely to be opened now. */
export function QueueRow({ run, isNext }: { run: Run; isNext: boolean }): JSX.Element {
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
        {isBegun ? <Chip tone="warn" icon="edit" word={t('Sheet begun')} testid="sheet-begun" /> : null}
        {run.result ? <ResultText result={run.result} /> : null}
      </div>
      {kept && needsPerson(kept) ? (
        <Mend item={kept} />
      ) : (
        <OpenButton run={run} isKept={kept !== undefined} isNext={isNext} />
      )}
    </li>
  );
}

function ResultText({ result }: { result: Result }): JSX.Element {
  return (
    <span class="queue-result figures">
      {result.mark !== null
        ? markText(result.mark)
        : result.shown.map((one) => resultText(one.type, one.value, one.unit)).join(' · ')}
      {result.hand_time ? <Chip tone="warn" icon="hand" word={t('Hand time')} /> : null}
      {result.corrected ? <Chip tone="calm" icon="edit" word={t('Corrected')} /> : null}
    </span>
  );
}

function OpenButton({ run, isKept, isNext }: { run: Run; isKept: boolean; isNext: boolean }): JSX.Element {
  const tablet = useTablet();
  const correcting = run.result !== null || isKept;
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
  const maker = tablet.session.maker();
  if (!correcting && !run.armed && maker) await tablet.outbox.add(openRun(run), maker).catch(() => undefined);
}
