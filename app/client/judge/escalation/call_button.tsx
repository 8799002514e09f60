/** The one button by which a judge calls the chief judge; a chief judge has no need of it. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { show } from '../route';
import { useTablet } from '../tablet';
import { Icon } from '../widgets/icon';

/** `target` is a run, a match or the field. With `isBrief` its words appear only where there is room. */
export function CallButton({ target, isBrief = false }: { target: string; isBrief?: boolean }): JSX.Element | null {
  const { session } = useTablet();
  if (session.me.value?.account.role === 'referee') return null;
  return (
    <button
      class="button button-quiet"
      data-testid="call-referee"
      aria-label={t('Call the chief judge')}
      onClick={() => show({ kind: 'call', target })}
    >
      <Icon name="flag" /> <span class={isBrief ? 'wide-only' : ''}>{t('Call the chief judge')}</span>
    </button>
  );
}
