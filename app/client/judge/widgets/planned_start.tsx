/** When the plan of the day has a run start, and how long that is from now by the server's clock. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { durationText, t } from '../../feed/i18n';
import { useTablet } from '../tablet';
import { Chip } from './status';

const TICK_MS = 10_000;
const MINUTE_MS = 60_000;
const COUNTED_MIN = 120;

interface PlannedStartProps {
  readonly atUtc: string;
  /** By the clock at the venue. */
  readonly time: string;
  /** Whether it is counted down. */
  readonly counts: boolean;
}

export function PlannedStart({ atUtc, time, counts }: PlannedStartProps): JSX.Element {
  const { live } = useTablet();
  const nowMs = useSignal(live.serverNowMs());
  useEffect(() => {
    if (!counts) return undefined;
    const timer = setInterval(() => (nowMs.value = live.serverNowMs()), TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [counts]);
  const minutes = Math.round((Date.parse(atUtc) - nowMs.value) / MINUTE_MS);
  const isLate = counts && minutes < 0;
  return (
    <Chip tone={isLate ? 'warn' : 'calm'} icon="clock" word={words(time, counts ? minutes : null)} testid="planned" />
  );
}

function words(time: string, minutes: number | null): string {
  if (minutes === null || Math.abs(minutes) > COUNTED_MIN) return t('Planned for {time}', { time });
  if (minutes < 0) return t('Planned for {time}, {late} late', { time, late: durationText(-minutes) });
  return t('Planned for {time}, in {left}', { time, left: durationText(minutes) });
}
