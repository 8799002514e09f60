/** A time: the field's own as it comes, or minutes and seconds by hand, marked as such. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t, timeText } from '../../../feed/i18n';
import type { Clock } from '../../wire';
import { Chip } from '../../widgets/status';
import { measuredS } from '../measured';
import { parseTime } from '../parse_time';
import type { SheetEditor } from '../editor';
import type { EntryProps } from './entry';
import { HandClock } from './hand_clock';

/** A time that the field measures; what the judge sets instead is a hand time. */
export function MeasuredTime(props: EntryProps & { clock: Clock; editor: SheetEditor }): JSX.Element {
  const { field, value, set, path, clock, editor } = props;
  const typing = useSignal(false);
  const measured = measuredS(clock, field.step);
  const { running, stopwatch } = editor.draft.value;
  if (value === undefined && running) {
    return (
      <div class="measured">
        <HandClock field={field} editor={editor} />
      </div>
    );
  }
  if (value === undefined && !typing.value) {
    return (
      <div class="measured">
        <strong class="measured-time" data-testid={`field-${path}-measured`}>
          {measured === null ? awaited(clock) : timeText(measured)}
        </strong>
        {measured === null ? null : <Chip tone="good" icon="clock" word={t('Field time')} />}
        <button class="button" data-testid={`field-${path}-by-hand`} onClick={() => (typing.value = true)}>
          {t('Enter by hand')}
        </button>
        {measured === null ? <HandClock field={field} editor={editor} /> : null}
      </div>
    );
  }
  const leave = (): void => {
    typing.value = false;
    set(undefined);
  };
  return (
    <div class="measured">
      <TimeInputs {...props} />
      <Chip
        tone="warn"
        icon="hand"
        word={stopwatch === true ? t('Hand time, by stopwatch') : t('Hand time')}
        testid={`field-${path}-hand-time`}
      />
      <button class="button" data-testid={`field-${path}-use-field`} onClick={leave}>
        {t('Use the field time')}
      </button>
    </div>
  );
}

function awaited(clock: Clock): string {
  return clock.state === 'running'
    ? t('Comes when the field stops the clock')
    : t('Taken from the field when sent');
}

/** Minutes and seconds typed apart: a number keyboard has no colon. */
export function TimeInputs({ value, set, path }: EntryProps): JSX.Element {
  const [minutes, seconds] = parts(typeof value === 'number' ? value : undefined);
  // As in useTyped, but the two boxes hand on one value.
  const typedMinutes = useSignal<string | null>(null);
  const typedSeconds = useSignal<string | null>(null);
  const change = (nextMinutes: string, nextSeconds: string): void => {
    const isEmpty = nextMinutes.trim() === '' && nextSeconds.trim() === '';
    const parsed = parseTime(nextMinutes.trim() === '' ? nextSeconds : `${nextMinutes}:${nextSeconds || '0'}`);
    if (parsed === null && !isEmpty) return; // half typed, or not a time: what is typed stays in the boxes
    typedMinutes.value = typedSeconds.value = null;
    set(parsed ?? undefined);
  };
  return (
    <div class="time-inputs">
      <label>
        <input
          inputMode="numeric"
          autocomplete="off"
          value={typedMinutes.value ?? minutes}
          data-testid={`field-${path}-minutes`}
          onInput={(input) => (typedMinutes.value = input.currentTarget.value)}
          onChange={(input) => change(input.currentTarget.value, typedSeconds.value ?? seconds)}
        />
        {t('min')}
      </label>
      <label>
        <input
          class="time-seconds"
          inputMode="decimal"
          autocomplete="off"
          value={typedSeconds.value ?? seconds}
          data-testid={`field-${path}-seconds`}
          onInput={(input) => (typedSeconds.value = input.currentTarget.value)}
          onChange={(input) => change(typedMinutes.value ?? minutes, input.currentTarget.value)}
        />
        {t('s')}
      </label>
    </div>
  );
}

function parts(value: number | undefined): [minutes: string, seconds: string] {
  if (value === undefined) return ['', ''];
  const minutes = Math.floor(value / 60);
  return [minutes > 0 ? String(minutes) : '', String(Number((value - minutes * 60).toFixed(3)))];
}
