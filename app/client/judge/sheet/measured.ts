/** The field's own time: as it runs, as it stopped, and as it would stand in the sheet. */

import type { Ruleset, Sheet, Value } from '../../rules/types';
import type { Clock } from '../wire';

/** Fields of this source are filled from the run's clock when they are left unset. */
export const ELAPSED_TIME = 'elapsed_time';

const MICROSECONDS = 1_000_000;
const FINEST_STEP_S = 0.001;

/** Seconds between the gates, rounded half up to `stepS` as the server does it; null while the clock has not stopped. */
export function measuredS(clock: Clock, stepS: number | null): number | null {
  if (clock.elapsed_us === null) return null;
  const step = stepS ?? FINEST_STEP_S;
  const steps = Math.floor(clock.elapsed_us / (step * MICROSECONDS) + 0.5);
  return Number((steps * step).toFixed(decimals(step)));
}

/** Milliseconds the clock has run at `serverNowMs` (the server's time, not the tablet's); null before the start. */
export function runningMs(clock: Clock, serverNowMs: number): number | null {
  if (clock.elapsed_us !== null) return clock.elapsed_us / 1000;
  if (clock.started_at_utc === null) return null;
  return Math.max(0, serverNowMs - Date.parse(clock.started_at_utc));
}

/** The sheet as the server would complete it from the field's clock. */
export function completed(sheet: Sheet, ruleset: Ruleset, clock: Clock): Sheet {
  const filled: Record<string, Value | undefined> = { ...sheet };
  for (const field of ruleset.fields) {
    if (field.source !== ELAPSED_TIME || sheet[field.id] !== undefined) continue;
    const measured = measuredS(clock, field.step);
    if (measured !== null) filled[field.id] = measured;
  }
  return filled;
}

function decimals(step: number): number {
  const text = String(step);
  return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
}
