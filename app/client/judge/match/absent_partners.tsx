/** Who of partners drawn for this match is not there: it loses, whatever the others make of it. */

import type { JSX } from 'preact';

import type { Match } from '../../feed/matches';
import { t } from '../../feed/i18n';
import { isOpen, type OutboxItem } from '../outbox/item';
import { useTablet } from '../tablet';
import { ScoreUnkept } from '../widgets/unkept';
import { useKeeping } from '../widgets/use_keeping';
import { setPartnerAbsent } from './commands';

export function AbsentPartners({ match }: { match: Match }): JSX.Element | null {
  const { keep, failed } = useKeeping();
  const tablet = useTablet();
  const alliances = match.sides.flatMap((side) => (side.alliance?.number === null ? [side.alliance.members] : []));
  if (alliances.length === 0) return null;
  const absent = absentNow(match, tablet.outbox.items.value);
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
              onClick={() => void keep(setPartnerAbsent(match, id, !isAbsent))}
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

/** Who is absent as the server has it, with what was said here and is not sent yet. */
export function absentNow(match: Match, items: readonly OutboxItem[]): readonly string[] {
  const said = items.filter(
    (item) => item.type === 'SetPartnerAbsent' && item.target === match.target && isOpen(item),
  );
  const now = new Set(match.absent ?? []);
  for (const { payload } of said) {
    const { entry, absent } = payload as { readonly entry: string; readonly absent: boolean };
    if (absent) now.add(entry);
    else now.delete(entry);
  }
  return [...now];
}
