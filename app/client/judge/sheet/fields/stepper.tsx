/** A number by steps: small and big steps, straight to the least and the most, or typed. */

import type { JSX } from 'preact';

import { numberText } from '../../../feed/i18n';
import { useReadable } from '../../widgets/typed';
import { Unread, useUnread } from '../../widgets/unread';
import { readNumber, stepped } from '../steps';
import type { EntryProps } from './entry';

const WIDE_RANGE = 20;
const BIG_STEPS = 10;

export function Stepper({ field, value, set, path }: EntryProps): JSX.Element {
  const current = typeof value === 'number' ? value : undefined;
  const least = field.min ?? 0;
  const isWide = field.max === null || field.max - least > WIDE_RANGE * (field.step ?? 1);
  const big = numberText(BIG_STEPS * (field.step ?? 1));
  const by = (steps: number): void => set(stepped(field, current, steps));
  const read = (text: string): boolean => {
    const number = readNumber(text);
    if (number === null && text.trim() !== '') return false;
    set(number ?? undefined);
    return true;
  };
  const { box, isUnread } = useReadable(current === undefined ? '' : String(current), read);
  useUnread(path, isUnread);
  return (
    <div class="stepper">
      <StepButton
        text={numberText(least)}
        isEnd={current === least}
        testid={`field-${path}-least`}
        press={() => set(least)}
      />
      {isWide ? (
        <StepButton text={`−${big}`} testid={`field-${path}-minus-big`} press={() => by(-BIG_STEPS)} />
      ) : null}
      <StepButton text="−" testid={`field-${path}-minus`} press={() => by(-1)} />
      <input
        class="stepper-value"
        inputMode={field.type === 'whole' ? 'numeric' : 'decimal'}
        autocomplete="off"
        {...box}
        placeholder="—"
        data-testid={`field-${path}-value`}
        aria-label={path}
        aria-invalid={isUnread}
        onFocus={(focus) => focus.currentTarget.select()}
      />
      <StepButton text="+" testid={`field-${path}-plus`} press={() => by(1)} />
      {isWide ? (
        <StepButton text={`+${big}`} testid={`field-${path}-plus-big`} press={() => by(BIG_STEPS)} />
      ) : null}
      {field.max === null ? null : (
        <StepButton
          text={numberText(field.max)}
          isEnd={current === field.max}
          testid={`field-${path}-most`}
          press={() => set(field.max)}
        />
      )}
      {isUnread ? <Unread path={path} kind="number" /> : null}
    </div>
  );
}

/** `isEnd` is given on the buttons that go straight to the least and the most: whether the value is there. */
function StepButton(props: { text: string; isEnd?: boolean; testid: string; press: () => void }): JSX.Element {
  const kind = props.isEnd === undefined ? 'step' : 'step step-end';
  return (
    <button class={kind} aria-pressed={props.isEnd} data-testid={props.testid} onClick={props.press}>
      {props.text}
    </button>
  );
}
