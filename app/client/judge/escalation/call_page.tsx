/** Calling the chief judge: why, in one tap, and a note for whoever wants to write one. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import type { CallReason } from '../../feed/escalations';
import { t } from '../../feed/i18n';
import { show } from '../route';
import { useTablet } from '../tablet';
import { tapNow } from '../tap';
import { BackHead } from '../widgets/back_head';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { useKeeping } from '../widgets/use_keeping';
import { callReferee } from './commands';
import { placeOf } from './places';
import { REASONS, reasonText } from './words';

export function CallPage({ target }: { target: string }): JSX.Element {
  const tablet = useTablet();
  const reason = useSignal<CallReason | null>(null);
  const note = useSignal('');
  const { keep, failed } = useKeeping();
  const place = placeOf(tablet, target, tablet.field.value ?? '');
  const isOffline = tablet.live.offlineSinceMs.value !== null;
  const call = async (why: CallReason): Promise<void> => {
    const wish = callReferee(place, why, note.value, tapNow(tablet.live));
    if (await keep(wish)) history.back();
  };
  return (
    <main class="call-page">
      <BackHead to={{ kind: 'queue' }} words={t('Call the chief judge')} />
      <p>
        <strong>{place.about.team}</strong>
      </p>
      {isOffline ? (
        <Notice tone="warn" icon="offline" testid="call-offline">
          {t('The server does not answer: the call is sent when it is back. If it cannot wait, send somebody.')}
        </Notice>
      ) : null}
      <section class="field">
        <div class="choices choices-two" role="group" aria-label={t('Why')}>
          {REASONS.map((one) => (
            <button
              key={one}
              class="choice"
              aria-pressed={reason.value === one}
              data-testid={`call-${one}`}
              onClick={() => (reason.value = one)}
            >
              {reasonText(one)}
            </button>
          ))}
        </div>
        <textarea
          class="text-entry"
          rows={2}
          maxLength={2000}
          value={note.value}
          data-testid="call-note"
          aria-label={t('Note')}
          placeholder={t('optional')}
          onInput={(input) => (note.value = input.currentTarget.value)}
        />
      </section>
      {failed.value ? (
        <Notice tone="bad">{t('This tablet could not keep the call. Send somebody to the chief judge.')}</Notice>
      ) : null}
      <footer class="action-bar">
        <button class="button" onClick={() => show({ kind: 'queue' })}>
          {t('Cancel')}
        </button>
        <button
          class="button button-main"
          data-testid="call-send"
          disabled={reason.value === null}
          onClick={() => (reason.value === null ? undefined : void call(reason.value))}
        >
          <Icon name="flag" /> {t('Call')}
        </button>
      </footer>
    </main>
  );
}
