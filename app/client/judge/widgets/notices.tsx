/** What a judge must know whatever page is open: the session ran out, data is not safe here, a new version waits. */

import { signal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';

import { t } from '../../feed/i18n';
import { page, show, type Page } from '../route';
import { useTablet } from '../tablet';
import { restartIntoNewVersion, updateReady } from '../worker/registration';
import { Icon, type IconName } from './icon';

/** Pages on which nothing is being entered: what can wait is said there. */
export const ASIDE: readonly Page['kind'][] = ['queue', 'outbox'];

/** Said once each time the page is started, and then on the page of what is kept here. */
const persistenceRead = signal(false);

export function Notice(props: {
  tone: 'warn' | 'bad' | 'calm';
  icon?: IconName;
  testid?: string;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <div class={`notice notice-${props.tone}`} role="status" data-testid={props.testid}>
      <Icon name={props.icon ?? 'warning'} />
      <div class="notice-body">{props.children}</div>
    </div>
  );
}

function isToBeSaid(kind: Page['kind']): boolean {
  return kind === 'outbox' || (kind === 'queue' && !persistenceRead.value);
}

export function Notices(): JSX.Element {
  const tablet = useTablet();
  const session = tablet.session.state.value;
  return (
    <>
      {session.kind === 'expired' ? (
        <Notice tone="bad" testid="session-expired">
          <p>
            {t(
              'Your sign-in has run out. Go on working: scores are kept here and sent when {name} signs in again.',
              {
                name: session.me.account.name,
              },
            )}
          </p>
          <button class="button" data-testid="sign-in-again" onClick={() => show({ kind: 'sign_in' })}>
            {t('Sign in again')}
          </button>
        </Notice>
      ) : null}
      {tablet.persistence.value === 'refused' && isToBeSaid(page.value.kind) ? (
        <Notice tone="warn" testid="persistence-refused">
          <p>
            {t(
              'This browser may delete unsent scores if the tablet runs short of space. Install the page as an app to prevent it.',
            )}
          </p>
          <button class="button" onClick={() => (persistenceRead.value = true)}>
            {t('Understood')}
          </button>
        </Notice>
      ) : null}
      {updateReady.value && ASIDE.includes(page.value.kind) ? (
        <Notice tone="calm" icon="up" testid="update-ready">
          <p>{t('A new version is ready.')}</p>
          <button class="button" onClick={restartIntoNewVersion}>
            {t('Restart now')}
          </button>
        </Notice>
      ) : null}
    </>
  );
}
