/** The field's own time: as it runs, as it stopped, and as it would stand in the sheet. */

import type { Pass } from '../../feed/shapes';
import type { Field, Ruleset, Sheet, Value } from '../../rules/types';
import type { Clock } from '../wire';

/** Fields of this source are filled from the run's clock when they are left unset. */
export const ELAPSED_TIME = 'elapsed_time';

const MICROSECONDS = 1_000_000;
const FINEST_STEP_S = 0.001;

/** Seconds between the gates, rounded half up to `stepS` as the server does it; null while the clock has not stopped. */
export function measuredS(clock: Clock, stepS: number | null): number | null {
  return clock.elapsed_us === null ? null : roundedS(clock.elapsed_us, stepS);
}

/** What gates counted or split for a field that no judge has set; null where no gate told any. */
export function counted(field: Field, clock: Clock): number | null {
  const passed = (role: Pass['role']): readonly Pass[] => (clock.passes ?? []).filter((one) => one.role === role);
  switch (field.source) {
    case 'lap_count':
      return passed('lap_gate').length || null;
    case 'touch_count':
      return passed('touch').length || null;
    case 'split_time': {
      const atUs = passed('split')[0]?.at_us ?? null;
      return atUs === null ? null : roundedS(atUs, field.step);
    }
    default:
      return null;
  }
}

function roundedS(timeUs: number, stepS: number | null): number {
  const step = stepS ?? FINEST_STEP_S;
  const steps = Math.floor(timeUs / (step * MICROSECONDS) + 0.5);
  return Number((steps * step).toFixed(decimals(step)));
}

/** Milliseconds the clock has run at `serverNowMs` (the server's time, not the tablet's); null before the start. */
export function runningMs(clock: Clock, serverNowMs: number): number | null {
  if (clock.elapsed_us !== null) return clock.elapsed_us / 1000;
  if (clock.started_at_utc === null) return null;
  const stoppedAtUtc = clock.by_hand === true ? clock.stopped_at_utc : null;
  const endMs = stoppedAtUtc === null ? serverNowMs : Date.parse(stoppedAtUtc);
  return Math.max(0, endMs - Date.parse(clock.started_at_utc));
}

/** The sheet as the server would complete it from the field's clock and gates. */
export function completed(sheet: Sheet, ruleset: Ruleset, clock: Clock): Sheet {
  const filled: Record<string, Value | undefined> = { ...sheet };
  for (const field of ruleset.fields) {
    if (sheet[field.id] !== undefined) continue;
    const measured = field.source === ELAPSED_TIME ? measuredS(clock, field.step) : counted(field, clock);
    if (measured !== null) filled[field.id] = measured;
  }
  return filled;
}

function decimals(step: number): number {
  const text = String(step);
  return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
}
