/** Signing in: a name, then a PIN. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { page, show } from '../route';
import { useTablet } from '../tablet';
import type { Account } from '../wire';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { PinPad } from './pin_pad';

export function SignInPage(): JSX.Element {
  const { session } = useTablet();
  const state = session.state.value;
  const expected = state.kind === 'expired' ? state.me.account : null;
  const chosen = useSignal<Account | null>(expected);
  if (chosen.value) return <Pin account={chosen.value} back={() => (chosen.value = null)} />;
  return (
    <main class="choose-page">
      <h1>{t('Who are you?')}</h1>
      {session.accounts.value.length === 0 ? <NoAccounts /> : null}
      <div class="big-choices">
        {session.accounts.value.map((account) => (
          <button
            key={account.id}
            class="big-choice"
            data-testid={`account-${account.id}`}
            onClick={() => (chosen.value = account)}
          >
            <span>{account.name}</span>
            <span class="big-choice-about">
              {roleText(account.role)}
              {account.fields.length > 0 ? ` · ${account.fields.join(', ')}` : ''}
            </span>
          </button>
        ))}
      </div>
      {state.kind === 'expired' ? (
        <button class="button" onClick={() => show({ kind: 'queue' })}>
          <Icon name="back" /> {t('Go on without signing in')}
        </button>
      ) : null}
    </main>
  );
}

function NoAccounts(): JSX.Element {
  const { session } = useTablet();
  return (
    <Notice tone="warn" icon="offline">
      <p>
        {t(
          'The server does not answer, so nobody can sign in yet. Check that the tablet is on the competition’s Wi-Fi.',
        )}
      </p>
      <button class="button" onClick={() => void session.check()}>
        {t('Try again')}
      </button>
    </Notice>
  );
}

function Pin({ account, back }: { account: Account; back: () => void }): JSX.Element {
  const { session } = useTablet();
  const trouble = useSignal<string | null>(null);
  const busy = useSignal(false);
  const enter = async (pin: string): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    trouble.value = null;
    const before = page.peek();
    const problem = await session.signIn(account.id, pin);
    busy.value = false;
    // Keeping who it is may take a moment, in which a sheet may have been opened: nobody is taken away from it.
    if (problem === null) {
      if (page.peek() === before) show({ kind: 'queue' }, true);
    } else
      trouble.value =
        problem === 'unreached' ? t('The server does not answer. Try again in a moment.') : problem.detail;
  };
  return (
    <main class="choose-page">
      <header class="page-head">
        <button class="button button-quiet" data-testid="back" aria-label={t('Back')} onClick={back}>
          <Icon name="back" />
        </button>
        <h1>{account.name}</h1>
      </header>
      <PinPad enter={(pin) => void enter(pin)} isBusy={busy.value} />
      {trouble.value ? (
        <Notice tone="bad" testid="sign-in-trouble">
          {trouble.value}
        </Notice>
      ) : null}
    </main>
  );
}

function roleText(role: string): string {
  switch (role) {
    case 'judge':
      return t('Judge');
    case 'referee':
      return t('Referee');
    default:
      return role;
  }
}
