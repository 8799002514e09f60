/** Whom a team represents: its school and its region, the school marked when its name is a long one. */

import { named } from '../../../app/client/feed/i18n';
import type { Entry } from '../../../app/client/feed/shapes';

/** Official names of schools may run to hundreds of letters; nobody reads those from the tenth row. */
const LONG_FROM = 44;

export function From({ entry }: { entry: Entry }) {
  return (
    <>
      <span class={`organisation${kindOf(entry)}`}>{entry.organisation}</span>
      {entry.region && <span class="region">{named(entry.region)}</span>}
    </>
  );
}

/** A school gives way only to a region, so the two matter only where there is one. */
function kindOf(entry: Entry): string {
  if (entry.region === null) return '';
  return entry.organisation.length > LONG_FROM ? ' with-region long' : ' with-region';
}
