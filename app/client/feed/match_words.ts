/** Where a match stands in its contest, in words. */

import { named, t } from './i18n';
import type { Match } from './matches';

/** The phase and the round; in a series also which game. */
export function placeText(match: Match): string {
  if (match.practice === true) return t('Practice match');
  const series = match.best_of > 1 ? t('game {n} of {of}', { n: match.game, of: match.best_of }) : '';
  return [named(match.phase.label), roundText(match), series].filter(Boolean).join(' · ');
}

/** The round, or the part of the bracket. */
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
