/** The first three places side by side: the second left, the first in the middle and highest, the third right. */

import { t } from '../../../app/client/feed/i18n';
import type { CeremonyRow, Column } from '../../../app/client/feed/shapes';
import { longestWordEms } from '../widgets/ems';
import { From } from '../widgets/from';
import { valueText } from '../widgets/value_text';

const STEPS = [2, 1, 3];
/** From so many on one step, as of an alliance, names alone have room. */
const CROWD = 3;

export function Podium({ rows, columns }: { rows: readonly CeremonyRow[]; columns: readonly Column[] }) {
  return (
    <section class="podium" data-testid="podium" data-crowd={isCrowd(rows)}>
      {STEPS.map((rank) => {
        const standing = rows.filter((row) => row.rank === rank);
        return standing.length === 0 ? null : (
          <div class={`step medal-${rank}`} key={rank}>
            {standing.map((row) => (
              <Winner key={row.entry.id} row={row} columns={standing.length < CROWD ? columns : []} />
            ))}
            <p class="medal" aria-label={t('Place {rank}', { rank })}>
              {rank}
            </p>
          </div>
        );
      })}
    </section>
  );
}

function isCrowd(rows: readonly CeremonyRow[]): boolean {
  return STEPS.some((rank) => rows.filter((row) => row.rank === rank).length >= CROWD);
}

function Winner({ row, columns }: { row: CeremonyRow; columns: readonly Column[] }) {
  const [first] = columns;
  return (
    <div class="winner">
      <p class="name" style={{ '--word-ems': longestWordEms(row.entry.team) }}>
        {row.entry.team}
      </p>
      {first && (
        <p class="from">
          <From entry={row.entry} />
        </p>
      )}
      {first && <p class="value figures">{valueText(first, row.values[first.name])}</p>}
    </div>
  );
}
