/** What else can be done with a run that waits: its team did not come, or another one goes first. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Wish } from '../outbox/item';
import { didNotStart, practise, stepAside, swapRuns, type TieKind } from '../sheet/commands';
import { useTablet } from '../tablet';
import { TwiceButton } from '../widgets/twice_button';
import { CommandUnkept } from '../widgets/unkept';
import { useKeeping } from '../widgets/use_keeping';
import type { Run } from '../wire';
import { expected } from './expected';
import { Swap, type SwapChoice } from './swap';

interface RowWaysProps {
  readonly run: Run;
  /** The runs it can change places with, in the order of the queue. */
  readonly others: readonly Run[];
  readonly done: () => void;
}

export function RowWays({ run, others, done }: RowWaysProps): JSX.Element {
  const tablet = useTablet();
  const { keep, failed } = useKeeping();
  const give = async (wish: Wish): Promise<void> => {
    if (await keep(wish)) done();
  };
  const isJudged = typeof run.judge === 'string';
  const listed = tablet.queue.value?.data.runs ?? [];
  const queue = expected(listed, tablet.outbox.items.value).runs;
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
      {isJudged ? <Aside step={(kind) => void give(stepAside(run, kind))} /> : null}
      {run.practice === true || isJudged ? null : (
        <button class="button" data-testid="row-practise" onClick={() => void give(practise(run, queue))}>
          {t('Practice run first')}
        </button>
      )}
      {others.length > 0 ? (
        <Swap others={others.map(choiceOf)} swap={(other, reason) => void give(swapRuns(run, other, reason, queue))} />
      ) : null}
      {failed.value ? <CommandUnkept /> : null}
    </div>
  );
}

function choiceOf(run: Run): SwapChoice {
  return { id: run.id, words: `№ ${run.entry.number} · ${run.entry.team}` };
}

/** A conflict of interest: its kind is asked, nothing else, and the project goes to another judge. */
function Aside({ step }: { step: (kind: TieKind) => void }): JSX.Element {
  const kind = useSignal<TieKind | ''>('');
  return (
    <>
      <label class="row-swap">
        {t('I cannot judge it: conflict of interest')}
        <select
          class="field-select"
          data-testid="tie-kind"
          value={kind.value}
          onChange={(change) => (kind.value = change.currentTarget.value as TieKind | '')}
        >
          <option value="">{t('none')}</option>
          <option value="school">{t('My school or organisation')}</option>
          <option value="district">{t('My district')}</option>
          <option value="family">{t('A relative of mine')}</option>
          <option value="other">{t('Another tie')}</option>
        </select>
      </label>
      {kind.value === '' ? null : (
        <TwiceButton
          word={t('Hand the sheet to another judge')}
          again={t('Tap again: another judge gets it')}
          testid="step-aside"
          press={() => {
            if (kind.value !== '') step(kind.value);
          }}
        />
      )}
    </>
  );
}
