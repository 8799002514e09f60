/** A team: number, name as large as fits, school and region. Names wrap at words and shrink two steps, never cut. */

import { named } from '../../../app/client/feed/i18n';
import type { Entry } from '../../../app/client/feed/shapes';

const LONG = 16;
const VERY_LONG = 28;

export function Team({ entry }: { entry: Entry }) {
  return (
    <div class="team">
      <p class={`name ${sizeOf(entry.team)}`} data-testid="team">
        {entry.team}
      </p>
      <p class="from">
        <span class="number">№ {entry.number}</span> {[entry.organisation, named(entry.region)].filter(Boolean).join(' · ')}
      </p>
    </div>
  );
}

export function sizeOf(name: string): '' | 'long' | 'very-long' {
  if (name.length > VERY_LONG) return 'very-long';
  return name.length > LONG ? 'long' : '';
}
