/** A conflict settled by the judge: both sheets side by side, and for each difference whose value holds. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { runOf, type OutboxItem } from '../outbox/item';
import { show } from '../route';
import { useTablet } from '../tablet';
import type { Mark, Run, Sheet } from '../wire';
import { clockText, inWords, markText, valueText } from '../words';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { AgreePage } from './agree_page';
import { sheetsStanding } from './agreement';
import { payloadOf } from './beginning';
import { score } from './commands';
import { differences, merged, theirScore, type Side } from './difference';
import type { Entered } from './draft';
import { completed } from './measured';
import { ReasonField } from './reason_entry';
import { SHORTEST_REASON } from './readiness';
import { RunHead } from './run_head';
import type { Ruleset } from '../../rules/types';

export function SettlePage({ commandId }: { commandId: string }): JSX.Element {
  const tablet = useTablet();
  const item = tablet.outbox.items.value.find((one) => one.id === commandId);
  const run = item && tablet.run(runOf(item));
  const ruleset = run && tablet.rulesetOf(run);
  // One of two sheets that came too late to be compared by itself: all of them are compared.
  if (run && sheetsStanding(run, '') === 'differ') return <AgreePage runId={run.id} />;
  const theirs = item?.receipt ? theirScore(item.receipt.changed) : null;
  if (!item || !run || !ruleset || !theirs || item.state !== 'conflict') return <Settled />;
  return <Settle item={item} run={run} ruleset={ruleset} theirs={theirs} />;
}

function Settled(): JSX.Element {
  return (
    <main class="empty">
      <h1>{t('There is nothing to settle here')}</h1>
      <button class="button" onClick={() => show({ kind: 'outbox' })}>
        <Icon name="back" /> {t('What is kept here')}
      </button>
    </main>
  );
}

interface SettleProps {
  readonly item: OutboxItem;
  readonly run: Run;
  readonly ruleset: Ruleset;
  readonly theirs: Entered;
}

function Settle({ item, run, ruleset, theirs }: SettleProps): JSX.Element {
  const tablet = useTablet();
  const mine = payloadOf(item);
  const differing = differences(ruleset, completed(mine.sheet, ruleset, run.clock), theirs.sheet);
  const chosen = useSignal<Readonly<Record<string, Side>>>({});
  const markSide = useSignal<Side>('theirs');
  const reason = useSignal(mine.reason);
  const failed = useSignal(false);
  const marksDiffer = mine.mark !== theirs.mark;
  const all = (side: Side): void => {
    chosen.value = Object.fromEntries(differing.map((one) => [one.field.id, side]));
    markSide.value = side;
  };
  const takesMine =
    differing.some((one) => chosen.value[one.field.id] === 'mine') || (marksDiffer && markSide.value === 'mine');
  const finish = async (): Promise<void> => {
    const mark = markSide.value === 'mine' ? mine.mark : theirs.mark;
    const sheet = merged(differing, theirs.sheet, chosen.value);
    failed.value = !(await settle(tablet, item, run, takesMine ? { sheet, mark, reason: reason.value } : null));
  };
  const last = item.receipt?.changed.at(-1);
  return (
    <main class="settle-page">
      <RunHead run={run} back={{ kind: 'outbox' }} />
      <Notice tone="warn" icon="compare">
        {t('{name} confirmed this run at {time}, before yours arrived. Choose what holds.', {
          name: tablet.session.nameOf(last?.by ?? ''),
          time: last ? clockText(Date.parse(last.at_utc)) : '',
        })}
      </Notice>
      {differing.length === 0 && !marksDiffer ? <p class="empty-line">{t('Both sheets say the same.')}</p> : null}
      <div class="settle-all">
        <button class="button" data-testid="keep-mine" onClick={() => all('mine')}>
          {t('All mine')}
        </button>
        <button class="button" data-testid="take-theirs" onClick={() => all('theirs')}>
          {t('All theirs')}
        </button>
      </div>
      {marksDiffer ? (
        <Pair
          label={t('No result')}
          id="mark"
          mine={markOrNone(mine.mark)}
          theirs={markOrNone(theirs.mark)}
          side={markSide.value}
          choose={(side) => (markSide.value = side)}
        />
      ) : null}
      {differing.map(({ field, mine: ours, theirs: others }) => (
        <Pair
          key={field.id}
          id={field.id}
          label={inWords(field.label)}
          mine={valueText(field, ours)}
          theirs={valueText(field, others)}
          side={chosen.value[field.id] ?? 'theirs'}
          choose={(side) => (chosen.value = { ...chosen.value, [field.id]: side })}
        />
      ))}
      {takesMine ? <ReasonField reason={reason.value} set={(words) => (reason.value = words)} /> : null}
      {failed.value ? (
        <Notice tone="bad">{t('This tablet could not keep the score. Free some space and try again.')}</Notice>
      ) : null}
      <footer class="action-bar">
        <button
          class="button button-main"
          data-testid="settle-done"
          disabled={takesMine && reason.value.trim().length < SHORTEST_REASON}
          onClick={() => void finish()}
        >
          <Icon name="check" /> {takesMine ? t('Send the correction') : t('Leave theirs as it is')}
        </button>
      </footer>
    </main>
  );
}

function Pair(props: {
  id: string;
  label: string;
  mine: string;
  theirs: string;
  side: Side;
  choose: (side: Side) => void;
}): JSX.Element {
  const option = (side: Side, word: string, value: string): JSX.Element => (
    <button
      class="choice pair-side"
      aria-pressed={props.side === side}
      data-testid={`settle-${props.id}-${side}`}
      onClick={() => props.choose(side)}
    >
      <span class="pair-whose">{word}</span>
      <strong>{value}</strong>
    </button>
  );
  return (
    <section class="field">
      <header class="field-head">
        <h3>{props.label}</h3>
      </header>
      <div class="choices choices-two">
        {option('mine', t('Mine'), props.mine)}
        {option('theirs', t('Theirs'), props.theirs)}
      </div>
    </section>
  );
}

/** Send what was chosen as a correction of theirs, or let mine go where nothing of it holds. */
async function settle(
  tablet: ReturnType<typeof useTablet>,
  item: OutboxItem,
  run: Run,
  outcome: { sheet: Sheet; mark: Mark | null; reason: string } | null,
): Promise<boolean> {
  const maker = tablet.session.maker();
  try {
    if (outcome && maker) {
      const version = item.receipt?.version ?? run.version;
      const draft = {
        key: '',
        target: run.target,
        kind: 'correct',
        version,
        note: '',
        past: [],
        ...outcome,
      } as const;
      await tablet.outbox.add(score(run, draft), maker);
    } else {
      await tablet.outbox.dismiss(item);
    }
  } catch {
    return false;
  }
  show({ kind: 'outbox' }, true);
  return true;
}

function markOrNone(mark: string | null): string {
  return mark === null ? t('A result') : markText(mark);
}
