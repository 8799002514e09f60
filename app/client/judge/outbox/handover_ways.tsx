/** Unsent commands taken from this tablet as a file, or taken over here from another tablet's file. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t, tn } from '../../feed/i18n';
import { useTablet, type Tablet } from '../tablet';
import { Icon } from '../widgets/icon';
import { Notice } from '../widgets/notices';
import { areOf, handedOver, readHandover, written } from './handover';

interface Outcome {
  readonly tone: 'calm' | 'bad';
  readonly words: string;
}

export function HandoverWays(): JSX.Element {
  const tablet = useTablet();
  const outcome = useSignal<Outcome | null>(null);
  const unsent = handedOver(tablet.outbox.items.value).length;
  const take = async (file: File | undefined): Promise<void> => {
    if (file) outcome.value = await takeOver(tablet, await file.text());
  };
  return (
    <section class="group" data-testid="handover">
      <h2>{t('Another tablet')}</h2>
      <p>
        {t(
          'If this tablet can no longer send, take its commands away as a file, and open that file on another tablet. Nothing is counted twice, even if both send.',
        )}
      </p>
      <div class="handover-ways">
        <button class="button" data-testid="export" disabled={unsent === 0} onClick={() => save(tablet)}>
          <Icon name="down" /> {t('Save what is unsent as a file')}
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

async function takeOver(tablet: Tablet, text: string): Promise<Outcome> {
  const items = readHandover(text);
  if (!items) return bad(t('This is not a file of unsent commands, or it is damaged.'));
  const competition = tablet.competition.peek();
  if (competition === null) return bad(t('Sign in first: the commands are kept for their competition.'));
  if (!areOf(items, competition)) return bad(t('These commands are of another competition.'));
  try {
    const taken = await tablet.outbox.takeOver(items);
    return {
      tone: 'calm',
      words: tn(
        '{n} command taken over. Each is sent when the judge who made it signs in here.',
        '{n} commands taken over. Each is sent when the judge who made it signs in here.',
        taken,
      ),
    };
  } catch {
    return bad(t('This tablet could not keep the commands. Free some space and try again.'));
  }
}

function bad(words: string): Outcome {
  return { tone: 'bad', words };
}
