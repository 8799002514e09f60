/** A number by steps: small and big steps, straight to the least and the most, or typed. */

import type { JSX } from 'preact';

import { numberText } from '../../../feed/i18n';
import { useTyped } from '../../widgets/typed';
import { stepped } from '../steps';
import type { EntryProps } from './entry';

const WIDE_RANGE = 20;
const BIG_STEPS = 10;

export function Stepper({ field, value, set, path }: EntryProps): JSX.Element {
  const current = typeof value === 'number' ? value : undefined;
  const least = field.min ?? 0;
  const isWide = field.max === null || field.max - least > WIDE_RANGE * (field.step ?? 1);
  const big = numberText(BIG_STEPS * (field.step ?? 1));
  const by = (steps: number): void => set(stepped(field, current, steps));
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
      <NumberInput field={field} value={current} set={set} path={path} />
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
    </div>
  );
}

function NumberInput({ field, value, set, path }: EntryProps & { value: number | undefined }): JSX.Element {
  const read = (text: string): void => {
    const trimmed = text.trim().replace(',', '.');
    const number = Number(trimmed);
    if (trimmed === '') set(undefined);
    else if (Number.isFinite(number)) set(number);
  };
  const typed = useTyped(value === undefined ? '' : String(value), read);
  return (
    <input
      class="stepper-value"
      inputMode={field.type === 'whole' ? 'numeric' : 'decimal'}
      autocomplete="off"
      {...typed}
      placeholder="—"
      data-testid={`field-${path}-value`}
      aria-label={path}
      onFocus={(focus) => focus.currentTarget.select()}
    />
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
