/** A team: its name as large as fits, then its number, school and region. */

import type { Entry } from '../../../app/client/feed/shapes';
import { FromLine } from './from';
import { Picture } from './picture';

export function Team({ entry }: { entry: Entry }) {
  return (
    <div class="team">
      <Picture digest={entry.emblem} kind="emblem" />
      <p class="name" data-testid="team">
        {entry.team}
      </p>
      <FromLine entry={entry} />
    </div>
  );
}
