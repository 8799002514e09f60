/** The bouts so far: who took each, and by what. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Match } from '../../feed/matches';
import type { Outcome } from '../../rules/head_to_head';
import { SideMark } from '../../tokens/side_mark';
import { Icon } from '../widgets/icon';
import type { MatchDraft } from './draft';
import { takenText } from './words';

interface BoutListProps {
  match: Match;
  draft: MatchDraft;
  outcome: Outcome;
  /** Takes the last bout out; left out where nothing can be changed. */
  takeOut?: () => void;
}

export function BoutList({ match, draft, outcome, takeOut }: BoutListProps): JSX.Element | null {
  const isOneCount = match.decided_by === 'score' && draft.bouts.length === 1;
  if (draft.bouts.length === 0 || isOneCount) return null;
  return (
    <ol class="bouts" aria-label={t('Bouts')} data-testid="bouts">
      {outcome.bouts.map((taken, at) => {
        const side = match.sides.findIndex((one) => one.id === taken.winner);
        return (
          <li key={at} class="bout" data-by={taken.by}>
            <span class="figures">{at + 1}</span>
            {side === 0 || side === 1 ? <SideMark at={side} /> : <span class="side-mark" />}
            <strong>{match.sides[side]?.team ?? '–'}</strong>
            <span>{takenText(taken)}</span>
            {takeOut && at === outcome.bouts.length - 1 ? (
              <button class="button button-quiet" data-testid="bout-out" aria-label={t('Take the last bout out')} onClick={takeOut}>
                <Icon name="cross" />
              </button>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
