/** When a side did not come: the match goes to the other, or is lost by both; asked twice, before any bout. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { show } from '../route';
import { ScoreUnkept } from '../widgets/unkept';
import { useKeeping } from '../widgets/use_keeping';
import { TwiceButton } from '../widgets/twice_button';
import { giveWalkover } from './commands';
import type { MatchParts } from './match_page';

export function Absent({ match, editor, draft }: MatchParts): JSX.Element | null {
  const { keep, failed } = useKeeping();
  if (draft.kind === 'correct' || draft.bouts.length > 0) return null;
  const give = async (winner: string | null): Promise<void> => {
    const reason = winner === null ? t('Neither side came') : t('The other side did not come');
    if (!(await keep(giveWalkover(match, winner, reason)))) return;
    await editor.drop().catch(() => undefined); // a draft left over is offered again, never sent by itself
    show({ kind: 'queue' }, true);
  };
  return (
    <section class="group absent">
      <h2>{t('A side did not come')}</h2>
      {match.sides.map((side, at) => {
        const other = match.sides[1 - at];
        return other ? (
          <TwiceButton
            key={side.id}
            testid={`absent-${at}`}
            word={t('{team} is not here', { team: side.team })}
            again={t('Give the match to {team}', { team: other.team })}
            press={() => void give(other.id)}
          />
        ) : null;
      })}
      <TwiceButton
        testid="absent-both"
        word={t('Neither side is here')}
        again={t('Tap again: both lose the match')}
        press={() => void give(null)}
      />
      {failed.value ? <ScoreUnkept /> : null}
    </section>
  );
}
