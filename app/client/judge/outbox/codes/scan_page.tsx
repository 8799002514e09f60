/** Another tablet's QR codes read by this one's camera, until all parts were seen. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { t } from '../../../feed/i18n';
import { useTablet } from '../../tablet';
import { BackHead } from '../../widgets/back_head';
import { Notice } from '../../widgets/notices';
import { takeOver, type Taken } from '../take_over';
import { closeCamera, openCamera, watch, type CameraTrouble } from './camera';
import { Collector, type Progress } from './parts';

export function ScanPage(): JSX.Element {
  const tablet = useTablet();
  const video = useRef<HTMLVideoElement>(null);
  const trouble = useSignal<CameraTrouble | null>(null);
  const progress = useSignal<Progress | null>(null);
  const taken = useSignal<Taken | null>(null);
  useEffect(() => {
    const shown = video.current;
    if (!shown) return undefined;
    const collector = new Collector();
    let stop = (): void => undefined;
    let isLeft = false;
    const seen = (text: string): void => {
      if (!collector.take(text)) return;
      progress.value = collector.progress();
      if (!collector.isWhole()) return;
      void collector.text().then(async (whole) => {
        taken.value = await takeOver(tablet, whole ?? '');
        if (taken.peek()?.tone === 'calm') stop();
      });
    };
    void openCamera(shown).then((inTheWay) => {
      trouble.value = inTheWay;
      if (isLeft) closeCamera(shown);
      else if (inTheWay === null) {
        const still = watch(shown, seen);
        stop = () => {
          still();
          closeCamera(shown);
        };
      }
    });
    return () => {
      isLeft = true;
      stop();
    };
  }, []);
  return (
    <main class="codes-page">
      <BackHead to={{ kind: 'outbox' }} words={t('Scan QR codes')} />
      {trouble.value ? (
        <Notice tone="bad" testid="camera-trouble">
          {troubleText(trouble.value)}
        </Notice>
      ) : null}
      {taken.value ? (
        <Notice tone={taken.value.tone} testid="handover-outcome">
          {taken.value.words}
        </Notice>
      ) : null}
      <video
        ref={video}
        class="scan-video"
        hidden={trouble.value !== null || taken.value?.tone === 'calm'}
        muted
        playsInline
        aria-label={t('What the camera sees')}
      />
      {progress.value && taken.value?.tone !== 'calm' ? <Seen progress={progress.value} /> : null}
    </main>
  );
}

function Seen({ progress }: { progress: Progress }): JSX.Element {
  const { seen, count } = progress;
  return (
    <div class="scan-seen" data-testid="scan-seen">
      <p aria-live="polite">{t('{n} of {count} codes read', { n: seen.size, count })}</p>
      <progress max={count} value={seen.size} aria-label={t('Codes read')} />
    </div>
  );
}

function troubleText(trouble: CameraTrouble): string {
  switch (trouble) {
    case 'refused':
      return t('The camera may not be used here. Allow it for this page in the browser, or take over a file instead.');
    case 'busy':
      return t('Another program uses the camera. Close it and open this page again, or take over a file instead.');
    case 'missing':
      return t('This tablet has no camera that the page can use. Take over a file instead.');
  }
}
