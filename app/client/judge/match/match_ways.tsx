/** What can be done about a match the server turned down, or that somebody else decided meanwhile. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { isScore, lettingStand, runOf, type OutboxItem } from '../outbox/item';
import { show } from '../route';
import { useTablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { CommandUnkept } from '../widgets/unkept';
import { useKeeping } from '../widgets/use_keeping';
import { theirsOf } from './difference';

export function MatchWays({ item }: { item: OutboxItem }): JSX.Element {
  const tablet = useTablet();
  const { keep, failed } = useKeeping();
  const letGo = async (): Promise<void> => {
    if (item.state === 'conflict') await keep(lettingStand(item));
    else await tablet.outbox.dismiss(item);
  };
  return (
    <div class="item-ways">
      {isScore(item) && item.state === 'refused' ? (
        <button
          class="button button-main"
          data-testid="mend"
          onClick={() => show({ kind: 'match', match: runOf(item) })}
        >
          <Icon name="edit" /> {t('Mend the match')}
        </button>
      ) : null}
      {mayCompare(item) ? (
        <button
          class="button button-main"
          data-testid="settle"
          onClick={() => show({ kind: 'settle', command: item.id })}
        >
          <Icon name="compare" /> {t('Compare the two')}
        </button>
      ) : null}
      <button class="button" data-testid="dismiss" onClick={() => void letGo()}>
        {item.state === 'conflict' ? t('Leave theirs as it is') : t('Understood')}
      </button>
      {failed.value ? <CommandUnkept /> : null}
    </div>
  );
}

/** Whether somebody else decided the match, and not only ordered that it be held again. */
export function mayCompare(item: OutboxItem): boolean {
  return isScore(item) && item.state === 'conflict' && theirsOf(item.receipt?.changed ?? []) !== null;
}
