/** Whom a team represents: its school and its region, the school marked when its name is a long one; or its alliance. */

import { Fragment } from 'preact';
import { named, t } from '../../../app/client/feed/i18n';
import type { Entry } from '../../../app/client/feed/shapes';

/** Official names of schools may run to hundreds of letters; nobody reads those from the tenth row. */
const LONG_FROM = 44;

/** The line under a name: the team's number and whom it represents; of an alliance its number and those of its teams. */
export function FromLine({ entry }: { entry: Entry }) {
  const { alliance } = entry;
  if (!alliance) {
    return (
      <p class="from">
        <span class="number">{entry.number}</span> <From entry={entry} />
      </p>
    );
  }
  return (
    <p class="from" data-testid="alliance">
      {alliance.number !== null && `${t('Alliance {n}', { n: alliance.number })} `}
      {alliance.members.map((member) => (
        <Fragment key={member.id}>
          <span class="number">{member.number}</span>{' '}
        </Fragment>
      ))}
    </p>
  );
}

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
