/** Two that wait change places: with which other one, and why. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { SHORTEST_REASON } from '../sheet/readiness';
import { ReasonField } from '../sheet/reason_entry';
import { Icon } from '../widgets/icon';

export interface SwapChoice {
  readonly id: string;
  readonly words: string;
}

interface SwapProps {
  readonly others: readonly SwapChoice[];
  readonly swap: (other: string, reason: string) => void;
}

export function Swap({ others, swap }: SwapProps): JSX.Element {
  const chosen = useSignal('');
  const reason = useSignal('');
  const other = others.find((one) => one.id === chosen.value);
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
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.words}
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
            onClick={() => swap(other.id, reason.value)}
          >
            <Icon name="compare" /> {t('Change places')}
          </button>
        </>
      ) : null}
    </>
  );
}
