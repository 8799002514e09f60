/** Two tablets decided one match: what of each holds, bout by bout, and what comes of it. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Match } from '../../feed/matches';
import { type Bout, type Outcome } from '../../rules/head_to_head';
import type { Ruleset } from '../../rules/types';
import { runOf, type OutboxItem, type Wish } from '../outbox/item';
import { firstOf, Settled, Settling, type Differing, type Sides } from '../sheet/settling';
import { useTablet } from '../tablet';
import { inWords, valueText } from '../words';
import { enterMatch, giveWalkover } from './commands';
import { mergedMatch, mineOf, obstacleOf, partsOf, theirsOf, type Decided, type Obstacle, type Part } from './difference';
import { newMatchDraft, outcomeOf, sidesOf } from './draft';
import { MatchHead } from './match_head';
import { scoreText, takenText } from './words';

export function SettleMatch({ item }: { item: OutboxItem }): JSX.Element {
  const tablet = useTablet();
  const match = tablet.match(runOf(item));
  const ruleset = match && tablet.rulesetOf(match);
  const theirs = item.receipt ? theirsOf(item.receipt.changed) : null;
  if (!match || !ruleset || !theirs) return <Settled />;
  return <Settle item={item} match={match} ruleset={ruleset} theirs={theirs} />;
}

interface SettleProps {
  readonly item: OutboxItem;
  readonly match: Match;
  readonly ruleset: Ruleset;
  readonly theirs: Decided;
}

function Settle({ item, match, ruleset, theirs }: SettleProps): JSX.Element {
  const tablet = useTablet();
  const mine = mineOf(item);
  const parts = partsOf(ruleset, mine, theirs);
  const inText = wordsOf(match, ruleset, mine, theirs);
  const chosenOf = (chosen: Sides): Decided => mergedMatch(parts, mine, theirs, chosen);
  return (
    <Settling
      head={<MatchHead match={match} back={{ kind: 'outbox' }} />}
      sentence={t('{name} confirmed this match at {time}, before yours arrived. Choose what holds.', firstOf(tablet, item))}
      same={t('Both say the same.')}
      differing={parts.map(inText)}
      reason={(item.payload['reason'] as string | undefined) ?? ''}
      outcome={(chosen) => <Comes match={match} ruleset={ruleset} entered={chosenOf(chosen)} />}
      obstacle={(chosen) => obstacleText(obstacleOf(ruleset, sidesOf(match), chosenOf(chosen)))}
      item={item}
      correction={(chosen, reason) => correctionOf(item, match, ruleset, chosenOf(chosen), reason)}
    />
  );
}

/** The result that would hold. */
function Comes({ match, ruleset, entered }: { match: Match; ruleset: Ruleset; entered: Decided }): JSX.Element {
  return (
    <p class="settle-comes" data-testid="settle-comes">
      {t('What holds then')}: <strong class="figures">{resultText(match, ruleset, entered)}</strong>
    </p>
  );
}

/** What was chosen, as a correction of theirs. */
function correctionOf(item: OutboxItem, match: Match, ruleset: Ruleset, entered: Decided, reason: string): Wish {
  const version = item.receipt?.version ?? match.version;
  if (entered.walkover !== null) return giveWalkover({ ...match, version }, entered.walkover.winner, reason.trim());
  return enterMatch(match, { ...newMatchDraft('', match, ruleset), kind: 'correct', ...entered, version, reason });
}

/** Says each difference in words. */
function wordsOf(match: Match, ruleset: Ruleset, mine: Decided, theirs: Decided): (part: Part) => Differing {
  const isOne = Math.max(mine.bouts.length, theirs.bouts.length) <= 1;
  const outcomes = [mine, theirs].map((one) => outcomeOf(ruleset, sidesOf(match), one));
  const bouts = (at: number): { mine: string; theirs: string } => {
    const [own = '', other = ''] = [mine, theirs].map((one, n) => boutText(match, one.bouts[at], outcomes[n], at));
    return { mine: own, theirs: other };
  };
  const boutWord = (at: number): string =>
    ruleset.fields.length > 0 ? t('Game {n}', { n: at + 1 }) : t('Bout {n}', { n: at + 1 });
  return (part) => {
    const { id } = part;
    switch (part.kind) {
      case 'all':
        return {
          id,
          label: t('Match result'),
          mine: resultText(match, ruleset, mine),
          theirs: resultText(match, ruleset, theirs),
        };
      case 'bout':
        return { id, label: boutWord(part.at), ...bouts(part.at) };
      case 'rest':
        return { id, label: isOne ? t('Warnings and faults') : `${boutWord(part.at)} · ${t('Warnings and faults')}`, ...bouts(part.at) };
      case 'field': {
        const label = inWords(part.field.label);
        return {
          id,
          label: isOne ? label : `${boutWord(part.at)} · ${label}`,
          mine: valueText(part.field, part.mine),
          theirs: valueText(part.field, part.theirs),
        };
      }
      case 'decision':
        return {
          id,
          label: t('The judge’s decision'),
          mine: teamOf(match, mine.decision),
          theirs: teamOf(match, theirs.decision),
        };
    }
  };
}

/** Who took a bout and by what, with what was counted in it; a bout that one of the two does not have says so. */
function boutText(match: Match, bout: Bout | undefined, outcome: Outcome | undefined, at: number): string {
  const taken = outcome?.bouts[at];
  if (!bout || !taken) return t('no bout');
  const who = taken.winner === null ? '' : teamOf(match, taken.winner);
  const count = (counts: Readonly<Record<string, number>>): string =>
    scoreText(sidesOf(match).map((side) => counts[side] ?? 0)).replaceAll(' ', '\u00a0');
  const has = (counts: Readonly<Record<string, number>>): boolean => Object.values(counts).some((one) => one !== 0);
  return [
    [who, takenText(taken)].filter(Boolean).join(', '),
    match.decided_by === 'score' && bout.sheet === null ? count(bout.points) : '',
    has(bout.warnings) ? `${t('Warning')} ${count(bout.warnings)}` : '',
    has(bout.false_starts) ? `${t('False start')} ${count(bout.false_starts)}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function resultText(match: Match, ruleset: Ruleset, entered: Decided): string {
  if (entered.walkover?.winner === null) return t('Neither side came');
  if (entered.walkover) return `${t('Walkover')} · ${teamOf(match, entered.walkover.winner)}`;
  const outcome = outcomeOf(ruleset, sidesOf(match), entered);
  const winner = outcome.winner === null ? '' : t('{team} wins', { team: teamOf(match, outcome.winner) });
  return [scoreText(outcome.score), winner || (outcome.status === 'drawn' ? t('Drawn') : '')].filter(Boolean).join(' · ');
}

function teamOf(match: Match, side: string | null): string {
  return match.sides.find((one) => one.id === side)?.team ?? '–';
}

function obstacleText(obstacle: Obstacle): string | null {
  switch (obstacle) {
    case 'undecided':
      return t('So the match is not decided. Choose otherwise.');
    case 'too_many':
      return t('So a bout follows after the match was decided. Choose otherwise.');
    case 'unfilled':
      return t('So something on a sheet is missing. Choose otherwise.');
    case null:
      return null;
  }
}
