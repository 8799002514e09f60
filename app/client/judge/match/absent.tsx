/** When a side did not come: the match goes to the other, asked twice, before any bout was fought. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { show } from '../route';
import { useTablet } from '../tablet';
import { Notice } from '../widgets/notices';
import { TwiceButton } from '../widgets/twice_button';
import { giveWalkover } from './commands';
import type { MatchParts } from './match_page';

export function Absent({ match, editor, draft }: MatchParts): JSX.Element | null {
  const tablet = useTablet();
  const failed = useSignal(false);
  if (draft.kind === 'correct' || draft.bouts.length > 0) return null;
  const give = async (winner: string): Promise<void> => {
    const maker = tablet.session.maker();
    if (!maker) return;
    try {
      await tablet.outbox.add(giveWalkover(match, winner, t('The other side did not come')), maker);
    } catch {
      failed.value = true;
      return;
    }
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
      {failed.value ? (
        <Notice tone="bad">{t('This tablet could not keep the score. Free some space and try again.')}</Notice>
      ) : null}
    </section>
  );
}
