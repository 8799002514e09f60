/** What else can be done with a match that waits: practice goes first, or another match. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Match } from '../../feed/matches';
import type { Wish } from '../outbox/item';
import { Swap } from '../queue/swap';
import { CommandUnkept } from '../widgets/unkept';
import { useKeeping } from '../widgets/use_keeping';
import { practiseMatch, sidesText, swapMatches } from './commands';
import { listText } from './words';

interface RowWaysProps {
  readonly match: Match;
  /** The matches it can change places with, in the order of the queue. */
  readonly others: readonly Match[];
  readonly done: () => void;
}

export function MatchRowWays({ match, others, done }: RowWaysProps): JSX.Element {
  const { keep, failed } = useKeeping();
  const give = async (wish: Wish): Promise<void> => {
    if (await keep(wish)) done();
  };
  const choices = others.map((one) => ({ id: one.id, words: `${listText(one)} · ${sidesText(one)}` }));
  const swap = (other: string, reason: string): void => void give(swapMatches(match, other, reason));
  return (
    <div class="row-ways" data-testid="row-ways">
      {match.practice === true ? null : (
        <button class="button" data-testid="row-practise" onClick={() => void give(practiseMatch(match))}>
          {t('Practice match first')}
        </button>
      )}
      {choices.length > 0 ? <Swap others={choices} swap={swap} /> : null}
      {failed.value ? <CommandUnkept /> : null}
    </div>
  );
}
