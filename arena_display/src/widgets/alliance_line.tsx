/** One alliance in a line: its number, its captain, its partners, and the places still empty. */

import type { Alliance, AllianceMember } from '../../../app/client/feed/alliances';
import { t } from '../../../app/client/feed/i18n';

interface Props {
  readonly alliance: Alliance;
  readonly isOnTurn: boolean;
}

export function AllianceLine({ alliance, isOnTurn }: Props) {
  const open = Math.max(0, alliance.places - alliance.members.length);
  const columns = Math.max(alliance.places, alliance.members.length);
  const state = isOnTurn ? 'turn' : alliance.settled ? 'settled' : 'coming';
  return (
    <div class="alliance-line" data-testid={`alliance-${alliance.number}`} data-state={state} style={{ '--columns': columns }}>
      <b class="figures" aria-label={t('Alliance {n}', { n: alliance.number })}>
        {alliance.number}
      </b>
      {alliance.members.map((member) => (
        <Member key={member.entry.id} member={member} />
      ))}
      {Array.from({ length: open }, (_, at) => (
        <span key={at} class="alliance-open" aria-hidden="true">
          {isOnTurn && at === 0 ? '?' : '–'}
        </span>
      ))}
    </div>
  );
}

function Member({ member }: { member: AllianceMember }) {
  const isOut = member.resting || member.withdrawn;
  return (
    <span class={`alliance-member ${isOut ? 'alliance-out' : ''}`} data-role={member.role}>
      {member.role === 'captain' && <span aria-label={t('captain')}>★ </span>}
      {member.role === 'backup' && <span aria-label={t('backup')}>+ </span>}
      {member.entry.team}
    </span>
  );
}
