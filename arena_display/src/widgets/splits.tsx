/** The gates a robot passed on its way, each with its time from the start; laps and splits alike, the last ones. */

import { t, timeText } from '../../../app/client/feed/i18n';
import type { Clock, Pass } from '../../../app/client/feed/shapes';

const SHOWN = 4;
const MICROSECONDS = 1e6;

export function Splits({ clock }: { clock: Clock }) {
  const timed = (clock.passes ?? []).filter((pass) => pass.role === 'split' || pass.role === 'lap_gate');
  if (timed.length === 0) return null;
  return (
    <ol class="splits" data-testid="splits">
      {timed.slice(-SHOWN).map((pass) => (
        <li key={`${pass.role} ${pass.number}`}>
          {nameOf(pass)} <b class="figures">{pass.at_us === null ? '–' : timeText(pass.at_us / MICROSECONDS)}</b>
        </li>
      ))}
    </ol>
  );
}

function nameOf(pass: Pass): string {
  return pass.role === 'split' ? t('Split {n}', { n: pass.number }) : t('Lap {n}', { n: pass.number });
}
