/** Words of a match on the tablet: what it is called, and by what a bout was taken. */

import { numberText, t } from '../../feed/i18n';
import { placeText } from '../../feed/match_words';
import type { Match } from '../../feed/matches';
import { isClosed, type Outcome, type Taken } from '../../rules/head_to_head';

/** What a match is called: practice has no number. */
export function matchText(match: Match): string {
  return match.practice === true ? t('Practice match') : t('Match {n}', { n: match.number });
}

/** Its number in a list. */
export function listText(match: Match): string {
  return match.practice === true ? '–' : String(match.number);
}

/** What stands under its name, which says already that it is practice. */
export function subtitleText(match: Match): string {
  return match.practice === true ? t('It does not count') : placeText(match);
}

/** How a match was decided that nobody fought. */
export function walkoverText(match: Match): string {
  return match.winner === null ? t('Neither side came') : t('Walkover');
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
    case 'countdown':
      return t('by countdown');
    case 'restarted':
      return t('no progress, fought again');
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
