/** Who of partners drawn for this match is not there: it loses, whatever the others make of it. */

import type { JSX } from 'preact';

import type { Match } from '../../feed/matches';
import { t } from '../../feed/i18n';
import { isOpen, type OutboxItem } from '../outbox/item';
import { useTablet } from '../tablet';
import { ScoreUnkept } from '../widgets/unkept';
import { useKeeping } from '../widgets/use_keeping';
import { setAbsentPartners } from './commands';

export function AbsentPartners({ match }: { match: Match }): JSX.Element | null {
  const { keep, failed } = useKeeping();
  const tablet = useTablet();
  const alliances = match.sides.flatMap((side) => (side.alliance?.number === null ? [side.alliance.members] : []));
  if (alliances.length === 0) return null;
  const absent = absentNow(match, tablet.outbox.items.value);
  const toggled = (entry: string): string[] =>
    absent.includes(entry) ? absent.filter((one) => one !== entry) : [...absent, entry];
  return (
    <section class="group absent">
      <h2>{t('A partner did not come')}</h2>
      {alliances.map((members) =>
        members.map(({ id, number, team }) => {
          const isAbsent = absent.includes(id);
          const isLast = !isAbsent && members.every((one) => one.id === id || absent.includes(one.id));
          return (
            <button
              key={id}
              class={isAbsent ? 'button button-ready' : 'button'}
              aria-pressed={isAbsent}
              disabled={isLast}
              data-testid={`partner-${number}`}
              onClick={() => void keep(setAbsentPartners(match, toggled(id)))}
            >
              {isAbsent ? t('№ {n} {team} is not here: it loses', { n: number, team }) : `№ ${number} ${team}`}
            </button>
          );
        }),
      )}
      {failed.value ? <ScoreUnkept /> : null}
    </section>
  );
}

/** What was said last: here and not sent yet, or as the server has it. */
export function absentNow(match: Match, items: readonly OutboxItem[]): readonly string[] {
  const last = items.findLast(
    (item) => item.type === 'SetAbsentPartners' && item.target === match.target && isOpen(item),
  );
  const said = last?.payload as { readonly absent: readonly string[] } | undefined;
  return said?.absent ?? match.absent ?? [];
}
