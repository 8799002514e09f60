/** Whom a team represents: its school and its region, the school marked when its name is a long one. */

import { named } from '../../../app/client/feed/i18n';
import type { Entry } from '../../../app/client/feed/shapes';

/** Official names of schools may run to hundreds of letters; nobody reads those from the tenth row. */
const LONG_FROM = 44;

export function From({ entry }: { entry: Entry }) {
  const isLong = entry.region !== null && entry.organisation.length > LONG_FROM;
  return (
    <>
      <span class={isLong ? 'organisation long' : 'organisation'}>{entry.organisation}</span>
      {entry.region && <span class="region">{named(entry.region)}</span>}
    </>
  );
}
