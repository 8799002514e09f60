/** Words of a match: where it stands in the contest, and by what a bout was taken. */

import { named, numberText, t } from '../../feed/i18n';
import type { Match } from '../../feed/matches';
import { isClosed, type Outcome, type Taken } from '../../rules/head_to_head';

/** The phase, and the round or the part of the bracket. */
export function placeText(match: Match): string {
  const series = match.best_of > 1 ? t('game {n} of {of}', { n: match.game, of: match.best_of }) : '';
  return [named(match.phase.label), roundText(match), series].filter(Boolean).join(' · ');
}

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

export function scoreText(score: readonly number[]): string {
  return score.map((one) => numberText(one)).join(' : ');
}

export function takenText(taken: Taken): string {
  switch (taken.by) {
    case 'bout':
      return t('won');
    case 'warnings':
      return t('by warnings');
    case 'false_starts':
      return t('by false starts');
    case 'decision':
      return t('by decision');
    case 'replayed':
      return t('time out, to be fought again');
    case 'drawn':
      return t('drawn');
    case 'to_decide':
      return t('the judge decides');
    case 'open':
      return t('under way');
  }
}

/** What the match wants now, in words; one that is counted to its end is never decided before. */
export function stateText(outcome: Outcome, isCounted: boolean): string {
  if (isCounted && isClosed(outcome)) return t('Confirm the match when it has ended');
  switch (outcome.status) {
    case 'open':
      return t('Bout {n}', { n: boutNumber(outcome) });
    case 'replay':
      return t('Level: one more');
    case 'to_decide':
      return t('Level: the judge decides');
    case 'won':
      return t('The match is decided');
    case 'drawn':
      return t('The match is drawn');
  }
}

/** The number of the bout under way, or of the one to come. */
export function boutNumber(outcome: Outcome): number {
  const last = outcome.bouts.at(-1);
  const isOpen = last !== undefined && (last.by === 'open' || last.by === 'to_decide');
  return outcome.bouts.length + (isOpen ? 0 : 1);
}
