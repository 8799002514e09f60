/** What else can be done with a run that waits: its team did not come, or another one goes first. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Wish } from '../outbox/item';
import { didNotStart, practise, swapRuns } from '../sheet/commands';
import { SHORTEST_REASON } from '../sheet/readiness';
import { ReasonField } from '../sheet/reason_entry';
import { useTablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { TwiceButton } from '../widgets/twice_button';
import type { Run } from '../wire';

interface RowWaysProps {
  readonly run: Run;
  /** The runs it can change places with, in the order of the queue. */
  readonly others: readonly Run[];
  readonly done: () => void;
}

export function RowWays({ run, others, done }: RowWaysProps): JSX.Element {
  const tablet = useTablet();
  const failed = useSignal(false);
  const give = async (wish: Wish): Promise<void> => {
    const maker = tablet.session.maker();
    const isKept =
      maker !== null &&
      (await tablet.outbox.add(wish, maker).then(
        () => true,
        () => false,
      ));
    failed.value = !isKept;
    if (isKept) done();
  };
  const mayMissIt = tablet.rulesetOf(run)?.marks.includes('DNS') === true;
  return (
    <div class="row-ways" data-testid="row-ways">
      {mayMissIt ? (
        <TwiceButton
          word={t('Did not start')}
          again={t('Tap again: no result for this run')}
          testid="row-dns"
          press={() => void give(didNotStart(run))}
        />
      ) : null}
      {run.practice === true ? null : (
        <button class="button" data-testid="row-practise" onClick={() => void give(practise(run))}>
          {t('Practice run first')}
        </button>
      )}
      {others.length > 0 ? (
        <Swap others={others} swap={(other, reason) => void give(swapRuns(run, other, reason))} />
      ) : null}
      {failed.value ? (
        <Notice tone="bad">{t('This tablet could not keep the command. Free some space and try again.')}</Notice>
      ) : null}
    </div>
  );
}

function Swap(props: { others: readonly Run[]; swap: (other: Run, reason: string) => void }): JSX.Element {
  const chosen = useSignal('');
  const reason = useSignal('');
  const other = props.others.find((run) => run.id === chosen.value);
  return (
    <>
      <label class="row-swap">
        {t('Change places with')}
        <select
          class="field-select"
          data-testid="swap-with"
          value={chosen.value}
          onChange={(change) => (chosen.value = change.currentTarget.value)}
        >
          <option value="">{t('nobody')}</option>
          {props.others.map((run) => (
            <option key={run.id} value={run.id}>
              № {run.entry.number} · {run.entry.team}
            </option>
          ))}
        </select>
      </label>
      {other ? (
        <>
          <ReasonField
            title={t('Why they change places')}
            usual={[t('The team is late'), t('The robot is being repaired'), t("Referee's decision")]}
            reason={reason.value}
            set={(words) => (reason.value = words)}
          />
          <button
            class="button button-main"
            data-testid="swap"
            disabled={reason.value.trim().length < SHORTEST_REASON}
            onClick={() => props.swap(other, reason.value)}
          >
            <Icon name="compare" /> {t('Change places')}
          </button>
        </>
      ) : null}
    </>
  );
}
