/** Words of matches on screens: where one stands in the contest, and who is still to come to a bracket. */

import { named, numberText, t } from '../../../app/client/feed/i18n';
import type { BracketSide, Match } from '../../../app/client/feed/matches';

export function roundText(match: Pick<Match, 'part' | 'round' | 'group'>): string {
  switch (match.part) {
    case 'final':
      return t('Final');
    case 'reset':
      return t('Second final');
    case 'bronze':
      return t('Match for third place');
    case 'lower':
      return t('Lower bracket, round {n}', { n: match.round });
    case 'group':
      return t('group {group}, round {n}', { group: match.group ?? 1, n: match.round });
    default:
      return t('round {n}', { n: match.round });
  }
}

/** The phase and the round; in a series also which game. */
export function placeText(match: Match): string {
  const series = match.best_of > 1 ? t('game {n} of {of}', { n: match.game, of: match.best_of }) : '';
  return [named(match.phase.label), roundText(match), series].filter(Boolean).join(' · ');
}

export function scoreText(value: number | undefined): string {
  return numberText(value ?? 0);
}

export function sideText(side: BracketSide): string {
  if (side.entry) return side.entry.team;
  switch (side.from.kind) {
    case 'winner':
      return t('winner of {match}', { match: side.from.of });
    case 'loser':
      return t('loser of {match}', { match: side.from.of });
    case 'seed':
      return '–';
  }
}
