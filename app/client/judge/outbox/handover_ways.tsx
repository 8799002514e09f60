/** Unsent commands taken from this tablet as codes or a file, or taken over here from another tablet's. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { show } from '../route';
import { useTablet, type Tablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { handedOver, written } from './handover';
import { takeOver, type Taken } from './take_over';

export function HandoverWays(): JSX.Element {
  const tablet = useTablet();
  const outcome = useSignal<Taken | null>(null);
  const unsent = handedOver(tablet.outbox.items.value).length;
  const take = async (file: File | undefined): Promise<void> => {
    if (file) outcome.value = await takeOver(tablet, await file.text());
  };
  return (
    <section class="group" data-testid="handover">
      <h2>{t('Another tablet')}</h2>
      <p>
        {t(
          'If this tablet can no longer send, take its commands to another tablet, by QR codes or as a file. Nothing is counted twice, even if both send.',
        )}
      </p>
      <div class="handover-ways">
        <button class="button" data-testid="show-codes" disabled={unsent === 0} onClick={() => show({ kind: 'codes' })}>
          <Icon name="codes" /> {t('Show as QR codes')}
        </button>
        <button class="button" data-testid="export" disabled={unsent === 0} onClick={() => save(tablet)}>
          <Icon name="down" /> {t('Save what is unsent as a file')}
        </button>
      </div>
      <div class="handover-ways">
        <button class="button" data-testid="scan-codes" onClick={() => show({ kind: 'scan' })}>
          <Icon name="codes" /> {t('Scan QR codes')}
        </button>
        <label class="button file-button">
          <Icon name="up" /> {t('Take over a file')}
          <input
            type="file"
            accept="application/json,.json"
            data-testid="import"
            onChange={(change) => {
              const input = change.currentTarget;
              void take(input.files?.[0]).then(() => (input.value = ''));
            }}
          />
        </label>
      </div>
      {outcome.value ? (
        <Notice tone={outcome.value.tone} testid="handover-outcome">
          {outcome.value.words}
        </Notice>
      ) : null}
    </section>
  );
}

function save(tablet: Tablet): void {
  const now = new Date().toISOString();
  const device = tablet.session.maker()?.device ?? '';
  const text = written(tablet.outbox.items.peek(), device, now);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = `baige-unsent-${now.slice(0, 16).replace(/[T:]/g, '-')}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
