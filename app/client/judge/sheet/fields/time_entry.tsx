/** A time: the field's own as it comes, or minutes and seconds by hand, marked as such. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';

import { t, timeText } from '../../../feed/i18n';
import type { Clock } from '../../wire';
import { Chip } from '../../widgets/status';
import { Unread, useUnread } from '../../widgets/unread';
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
  return clock.state === 'running' && clock.by_hand !== true
    ? t('Comes when the field stops the clock')
    : t('Taken from the field when sent');
}

/** What stands in the two boxes before it is a time. */
interface TypedTime {
  readonly minutes: string;
  readonly seconds: string;
  /** The value that was shown when it was typed. */
  readonly over: number | undefined;
  /** The boxes were left, and what is in them is not a time. */
  readonly isUnread: boolean;
}

/** Minutes and seconds typed apart: a number keyboard has no colon. As in useTyped, but two boxes hand on one value. */
export function TimeInputs({ value, set, path }: EntryProps): JSX.Element {
  const current = typeof value === 'number' ? value : undefined;
  const [minutes, seconds] = parts(current);
  const typing = useSignal<TypedTime | null>(null);
  const typed = typing.value?.over === current ? typing.value : null;
  const boxes: TypedTime = typed ?? { minutes, seconds, over: current, isUnread: false };
  const type = (text: Partial<TypedTime>): void => {
    typing.value = { ...boxes, ...text };
  };
  const leave = (text: Partial<TypedTime>): void => {
    const left = { ...boxes, ...text };
    const isEmpty = left.minutes.trim() === '' && left.seconds.trim() === '';
    const parsed = parseTime(
      left.minutes.trim() === '' ? left.seconds : `${left.minutes}:${left.seconds.trim() || '0'}`,
    );
    typing.value = parsed === null && !isEmpty ? { ...left, isUnread: true } : null;
    if (parsed !== null || isEmpty) set(parsed ?? undefined);
  };
  useUnread(path, boxes.isUnread);
  return (
    <div class="time-inputs">
      <label>
        <input
          inputMode="numeric"
          autocomplete="off"
          value={boxes.minutes}
          data-testid={`field-${path}-minutes`}
          aria-invalid={boxes.isUnread}
          onInput={(input) => type({ minutes: input.currentTarget.value })}
          onChange={(input) => leave({ minutes: input.currentTarget.value })}
        />
        {t('min')}
      </label>
      <label>
        <input
          class="time-seconds"
          inputMode="decimal"
          autocomplete="off"
          value={boxes.seconds}
          data-testid={`field-${path}-seconds`}
          aria-invalid={boxes.isUnread}
          onInput={(input) => type({ seconds: input.currentTarget.value })}
          onChange={(input) => leave({ seconds: input.currentTarget.value })}
        />
        {t('s')}
      </label>
      {boxes.isUnread ? <Unread path={path} kind="time" /> : null}
    </div>
  );
}

function parts(value: number | undefined): [minutes: string, seconds: string] {
  if (value === undefined) return ['', ''];
  const minutes = Math.floor(value / 60);
  return [minutes > 0 ? String(minutes) : '', String(Number((value - minutes * 60).toFixed(3)))];
}
