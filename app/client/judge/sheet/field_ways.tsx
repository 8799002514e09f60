/** What a judge can do about the field itself while a run is on it: arm its gates again, or take the run off. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import type { Wish } from '../outbox/item';
import { show } from '../route';
import { useTablet } from '../tablet';
import type { Run } from '../wire';
import { TwiceButton } from '../widgets/twice_button';
import { closeRun, openRun, resetRun } from './commands';

export function FieldWays({ run }: { run: Run }): JSX.Element | null {
  const { outbox, session } = useTablet();
  const give = async (wish: Wish): Promise<void> => {
    const maker = session.maker();
    if (maker) await outbox.add(wish, maker).catch(() => undefined);
  };
  if (run.result !== null) return null;
  if (!run.armed) {
    return (
      <div class="field-ways">
        <button class="button" data-testid="run-arm" onClick={() => void give(openRun(run))}>
          {t('Put on the field')}
        </button>
      </div>
    );
  }
  return (
    <div class="field-ways">
      {run.clock.state === 'ready' ? null : (
        <TwiceButton
          word={t('False start')}
          again={t('Tap again: arm the gates anew')}
          testid="run-reset"
          press={() => void give(resetRun(run, t('False start')))}
        />
      )}
      <TwiceButton
        word={t('Take off the field')}
        again={t('Tap again: take it off')}
        testid="run-close"
        press={() => {
          void give(closeRun(run));
          show({ kind: 'queue' }, true);
        }}
      />
    </div>
  );
}
