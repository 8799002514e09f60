/** The field's clock as the tablet hears it: running by the server's time, then as it stopped. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t, timeText } from '../../feed/i18n';
import type { Clock } from '../wire';
import { useTablet } from '../tablet';
import { Chip } from '../widgets/status';
import { runningMs } from './measured';

const TICK_MS = 100;
const LAST_S = 10;

export function FieldClock({ clock, armed }: { clock: Clock; armed: boolean }): JSX.Element {
  const { live } = useTablet();
  const nowMs = useSignal(live.serverNowMs());
  useEffect(() => {
    if (clock.state !== 'running') return undefined;
    const timer = setInterval(() => (nowMs.value = live.serverNowMs()), TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [clock.state]);
  const elapsedMs = runningMs(clock, nowMs.value);
  const leftS = clock.limit_s !== null && elapsedMs !== null ? clock.limit_s - elapsedMs / 1000 : null;
  const isLast = clock.state === 'running' && leftS !== null && leftS <= LAST_S;
  return (
    <div
      class={`clock clock-${clock.state} ${isLast ? 'clock-last' : ''}`}
      data-testid="field-clock"
      data-state={clock.state}
    >
      <span class="clock-time figures">{clockFace(clock, elapsedMs)}</span>
      <span class="clock-about">
        <StateChip clock={clock} armed={armed} />
        {clock.limit_s === null ? null : (
          <span class="clock-limit">{t('limit {time}', { time: timeText(clock.limit_s, 0) })}</span>
        )}
        {clock.by_hand === true ? <Chip tone="warn" icon="hand" word={t('Hand time')} testid="clock-by-hand" /> : null}
        {clock.simulated ? <Chip tone="warn" icon="warning" word={t('Simulated')} /> : null}
        <SyncChip />
      </span>
    </div>
  );
}

function clockFace(clock: Clock, elapsedMs: number | null): string {
  if (elapsedMs === null) return timeText(0, 1);
  const decimals = clock.by_hand === true ? 2 : 3; // nobody presses a button more exactly
  return timeText(elapsedMs / 1000, clock.state === 'stopped' ? decimals : 1);
}

function StateChip({ clock, armed }: { clock: Clock; armed: boolean }): JSX.Element {
  switch (clock.state) {
    case 'running':
      return <Chip tone="busy" icon="clock" word={t('Running')} />;
    case 'stopped':
      return clock.by_hand === true ? (
        <Chip tone="warn" icon="check" word={t('Stopped by hand')} />
      ) : (
        <Chip tone="good" icon="check" word={t('Stopped by the field')} />
      );
    case 'ready':
      return armed ? (
        <Chip tone="calm" icon="clock" word={t('Ready for the start')} />
      ) : (
        <Chip tone="calm" icon="clock" word={t('No time from the field')} />
      );
  }
}

/** How well this tablet's idea of the field's time can be trusted. */
function SyncChip(): JSX.Element {
  const { live } = useTablet();
  if (live.offlineSinceMs.value !== null)
    return <Chip tone="bad" icon="offline" word={t('Clock not heard')} testid="sync" />;
  switch (live.syncQuality.value) {
    case 'good':
      return <Chip tone="good" icon="online" word={t('Sync good')} testid="sync" />;
    case 'fair':
      return <Chip tone="warn" icon="online" word={t('Sync fair')} testid="sync" />;
    case 'poor':
      return <Chip tone="bad" icon="online" word={t('Sync poor')} testid="sync" />;
    case 'none':
      return <Chip tone="calm" icon="online" word={t('Sync not known')} testid="sync" />;
  }
}
