/** What other judges made and this tablet holds: a referee vouches for it, and it is sent as theirs. */

import type { JSX } from 'preact';

import { t, tn } from '../../feed/i18n';
import { useTablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { isOpen, type OutboxItem } from './item';

/** The server's rule too: app/accounts/handing_in.py. */
const MAY_HAND_IN = 'referee';

export function HandIn(): JSX.Element | null {
  const { outbox, session } = useTablet();
  const me = session.me.value?.account;
  const others = outbox.items.value.filter((item) => isOpen(item) && isLeftToOthers(item, me?.id ?? ''));
  if (me?.role !== MAY_HAND_IN || others.length === 0) return null;
  const names = [...new Set(others.map((item) => item.madeBy.name))].join(', ');
  return (
    <Notice tone="warn" icon="person" testid="hand-in">
      <p>
        {tn('{n} command was made by others: {names}.', '{n} commands were made by others: {names}.', others.length, {
          names,
        })}{' '}
        {t('As a referee you may hand them in. They stay theirs, and the log says that you vouched for them.')}
      </p>
      <button class="button button-main" data-testid="hand-in-now" onClick={() => void outbox.handIn(me.id)}>
        <Icon name="up" /> {t('Hand in for them')}
      </button>
    </Notice>
  );
}

/** Whether neither this account made it nor anybody has vouched for it. */
export function isLeftToOthers(item: OutboxItem, account: string): boolean {
  return item.madeBy.account !== account && item.handedInBy === undefined;
}
