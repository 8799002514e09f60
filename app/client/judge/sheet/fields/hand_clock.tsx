/** Start and stop by the judge's hand, where the gates give no time: always marked as such. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t, timeText } from '../../../feed/i18n';
import type { Field } from '../../../rules/types';
import { Icon } from '../../widgets/icon';
import { Chip } from '../../widgets/status';
import { withStopwatch, withStopwatchTime } from '../draft';
import type { SheetEditor } from '../editor';
import { readS, sinceMs, started, type Stopwatch } from '../stopwatch';

const TICK_MS = 100;

export function HandClock({ field, editor }: { field: Field; editor: SheetEditor }): JSX.Element {
  const running = editor.draft.value.running ?? null;
  if (running === null) {
    return (
      <button
        class="button"
        data-testid={`field-${field.id}-start`}
        onClick={() => editor.change((old) => withStopwatch(old, started()))}
      >
        <Icon name="clock" /> {t('Start by hand')}
      </button>
    );
  }
  return <Running field={field} editor={editor} running={running} />;
}

function Running(props: { field: Field; editor: SheetEditor; running: Stopwatch }): JSX.Element {
  const { field, editor, running } = props;
  const passedMs = useSignal(sinceMs(running));
  useEffect(() => {
    const timer = setInterval(() => (passedMs.value = sinceMs(running)), TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [running]);
  const stop = (): void => {
    const seconds = readS(sinceMs(running), field.step);
    editor.change((old) => withStopwatchTime(old, [field.id], seconds));
  };
  return (
    <>
      <strong class="measured-time figures" data-testid={`field-${field.id}-running`}>
        {timeText(passedMs.value / 1000, 1)}
      </strong>
      <Chip tone="warn" icon="hand" word={t('Hand time')} />
      <button class="button button-main hand-stop" data-testid={`field-${field.id}-stop`} onPointerDown={stop} onClick={stop}>
        {t('Stop')}
      </button>
      <button
        class="button"
        data-testid={`field-${field.id}-cancel`}
        onClick={() => editor.change((old) => withStopwatch(old, null))}
      >
        {t('Cancel')}
      </button>
    </>
  );
}
