/** A team: its name as large as fits, then its number, school and region. */

import type { Entry } from '../../../app/client/feed/shapes';
import { From } from './from';
import { Picture } from './picture';

export function Team({ entry }: { entry: Entry }) {
  return (
    <div class="team">
      <Picture digest={entry.emblem} kind="emblem" />
      <p class="name" data-testid="team">
        {entry.team}
      </p>
      <p class="from">
        <span class="number">{entry.number}</span> <From entry={entry} />
      </p>
    </div>
  );
}
