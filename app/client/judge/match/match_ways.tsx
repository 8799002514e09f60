/** What can be done about a match the server turned down, or that somebody else decided meanwhile. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { isScore, runOf, type OutboxItem } from '../outbox/item';
import { show } from '../route';
import { useTablet } from '../tablet';
import { Icon } from '../widgets/icon';

export function MatchWays({ item }: { item: OutboxItem }): JSX.Element {
  const { outbox } = useTablet();
  return (
    <div class="item-ways">
      {isScore(item) ? (
        <button
          class="button button-main"
          data-testid="mend"
          onClick={() => show({ kind: 'match', match: runOf(item) })}
        >
          <Icon name="edit" /> {item.state === 'conflict' ? t('Correct theirs by mine') : t('Mend the match')}
        </button>
      ) : null}
      <button class="button" data-testid="dismiss" onClick={() => void outbox.dismiss(item)}>
        {item.state === 'conflict' ? t('Leave theirs as it is') : t('Understood')}
      </button>
    </div>
  );
}
