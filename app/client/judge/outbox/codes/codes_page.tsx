/** This tablet's unsent commands as QR codes, shown in turn, for another tablet's camera. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t, tn } from '../../../feed/i18n';
import { useTablet } from '../../tablet';
import { BackHead } from '../../widgets/back_head';
import { Icon } from '../../widgets/icon';
import { Notice } from '../../widgets/notices';
import { handedOver, written } from '../handover';
import { CodePicture } from './code_picture';
import { partsOf } from './parts';

/** Slow enough for a camera to see each, and under three changes a second. */
const SHOWN_FOR_MS = 400;

export function CodesPage(): JSX.Element {
  const { outbox, session } = useTablet();
  const parts = useSignal<readonly string[] | null>([]);
  const unsent = handedOver(outbox.items.value);
  const ids = unsent.map((item) => item.id).join();
  useEffect(() => {
    const device = session.maker()?.device ?? '';
    // Made once for what is unsent now: while it is being read it must not change without need.
    void partsOf(written(outbox.items.peek(), device, new Date().toISOString())).then((made) => (parts.value = made));
  }, [ids]);
  return (
    <main class="codes-page">
      <BackHead to={{ kind: 'outbox' }} words={t('Unsent commands as QR codes')} />
      <p data-testid="codes-count">
        {tn('{n} unsent command.', '{n} unsent commands.', unsent.length)}{' '}
        {t('On the other tablet open “What is kept here”, then “Scan QR codes”, and hold it in front of this screen.')}
      </p>
      {parts.value === null ? (
        <Notice tone="bad">{t('This is too much for QR codes. Save it as a file instead.')}</Notice>
      ) : unsent.length > 0 && parts.value.length > 0 ? (
        <Turning parts={parts.value} />
      ) : null}
    </main>
  );
}

/** The codes in turn; by hand where the person asked for less motion. */
function Turning({ parts }: { parts: readonly string[] }): JSX.Element {
  const index = useSignal(0);
  const isTurning = useSignal(!matchMedia('(prefers-reduced-motion: reduce)').matches);
  const next = (): void => {
    index.value = (index.peek() + 1) % parts.length;
  };
  useEffect(() => {
    if (!isTurning.value || parts.length < 2) return undefined;
    const timer = setInterval(next, SHOWN_FOR_MS);
    return () => {
      clearInterval(timer);
    };
  }, [isTurning.value, parts]);
  const which = Math.min(index.value, parts.length - 1);
  const place = t('Code {n} of {count}', { n: which + 1, count: parts.length });
  return (
    <>
      <CodePicture text={parts[which] ?? ''} label={place} />
      {parts.length > 1 ? (
        <div class="code-turns" data-testid="code-turns" data-count={parts.length}>
          <button class="button" data-testid="codes-pause" onClick={() => (isTurning.value = !isTurning.value)}>
            {isTurning.value ? t('Pause') : t('Go on')}
          </button>
          <span class="code-place">{place}</span>
          <button class="button" data-testid="codes-next" disabled={isTurning.value} onClick={next}>
            {t('Next')} <Icon name="down" />
          </button>
        </div>
      ) : null}
    </>
  );
}
