/** What a judge can do about the field itself while a run is on it: arm its gates again, or take the run off. */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { show } from '../route';
import type { Run } from '../wire';
import { TwiceButton } from '../widgets/twice_button';
import { CommandUnkept } from '../widgets/unkept';
import { useKeeping } from '../widgets/use_keeping';
import { closeRun, openRun, resetRun } from './commands';

export function FieldWays({ run }: { run: Run }): JSX.Element | null {
  const { keep, failed } = useKeeping();
  if (run.result !== null) return null;
  if (!run.armed) {
    return (
      <div class="field-ways">
        <button class="button" data-testid="run-arm" onClick={() => void keep(openRun(run))}>
          {t('Put on the field')}
        </button>
        {failed.value ? <CommandUnkept /> : null}
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
          press={() => void keep(resetRun(run, t('False start')))}
        />
      )}
      <TwiceButton
        word={t('Take off the field')}
        again={t('Tap again: take it off')}
        testid="run-close"
        press={() => {
          void keep(closeRun(run)).then((isKept) => {
            if (isKept) show({ kind: 'queue' }, true);
          });
        }}
      />
      {failed.value ? <CommandUnkept /> : null}
    </div>
  );
}
