/** Practice runs asked for here that the queue does not have yet: seen, so that nobody asks twice, but not to be opened. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { useTablet } from '../tablet';
import { Chip, CommandStatus } from '../widgets/status';
import type { Expected } from './expected';

export function PracticeAsked({ asked }: { asked: Expected['practice'] }): JSX.Element | null {
  const account = useTablet().session.me.value?.account.id;
  if (asked.length === 0) return null;
  return (
    <section class="group">
      <h2>{t('Practice run')}</h2>
      <ol class="queue">
        {asked.map(({ item, run }) => (
          <li key={item.id} class="queue-row" data-testid="practice-asked">
            <span class="queue-number figures">{run.entry.number}</span>
            <div class="queue-who">
              <strong>{run.entry.team}</strong>
              <span>{run.entry.organisation}</span>
            </div>
            <div class="queue-state">
              <CommandStatus item={item} mine={item.madeBy.account === account} />
              <Chip tone="calm" icon="edit" word={t('Practice')} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
