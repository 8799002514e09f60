/** Words of matches on screens: a side's score, and who is still to come to a bracket. */

import { numberText, t } from '../../../app/client/feed/i18n';
import type { BracketSide } from '../../../app/client/feed/matches';
import type { Entry } from '../../../app/client/feed/shapes';

export function scoreText(value: number | undefined): string {
  return numberText(value ?? 0);
}

/** An alliance that stays together by its number and first team; any other side by its name. */
export function shortName(entry: Entry): string {
  const first = entry.alliance?.members[0];
  if (!entry.alliance?.number || !first) return entry.team;
  return `${t('Alliance {n}', { n: entry.alliance.number })} · ${first.team}`;
}

export function sideText(side: BracketSide): string {
  if (side.entry) return shortName(side.entry);
  switch (side.from.kind) {
    case 'winner':
      return t('winner of {match}', { match: side.from.of });
    case 'loser':
      return t('loser of {match}', { match: side.from.of });
    case 'seed':
      return '–';
  }
}
