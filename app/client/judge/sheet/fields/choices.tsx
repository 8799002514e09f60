/** Yes or no, one of several, any of several: buttons whose order never changes. */

import type { JSX } from 'preact';

import { numberText, t } from '../../../feed/i18n';
import { inWords } from '../../words';
import { Icon } from '../../widgets/icon';
import type { EntryProps } from './entry';

export function YesNo({ value, set, path }: EntryProps): JSX.Element {
  return (
    <div class="choices choices-two" role="group">
      <ChoiceButton
        chosen={value === true}
        label={t('Yes')}
        testid={`field-${path}-yes`}
        choose={() => set(true)}
      />
      <ChoiceButton
        chosen={value === false}
        label={t('No')}
        testid={`field-${path}-no`}
        choose={() => set(false)}
      />
    </div>
  );
}

export function Choice({ field, value, set, path }: EntryProps): JSX.Element {
  return (
    <div class="choices" role="group">
      {field.options.map((option) => (
        <ChoiceButton
          key={option.id}
          chosen={value === option.id}
          label={inWords(option.label)}
          points={option.points}
          testid={`field-${path}-${option.id}`}
          choose={() => set(option.id)}
        />
      ))}
    </div>
  );
}

/** Nothing chosen may be meant: "none" says so, and is not the same as unset. */
export function MultipleChoice({ field, value, set, path }: EntryProps): JSX.Element {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  const toggle = (id: string): void => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    set(field.options.map((option) => option.id).filter((one) => next.includes(one)));
  };
  return (
    <div class="choices" role="group">
      {field.options.map((option) => (
        <ChoiceButton
          key={option.id}
          chosen={chosen.includes(option.id)}
          label={inWords(option.label)}
          points={option.points}
          testid={`field-${path}-${option.id}`}
          choose={() => toggle(option.id)}
        />
      ))}
      <ChoiceButton
        chosen={value !== undefined && chosen.length === 0}
        label={t('none')}
        testid={`field-${path}-none`}
        choose={() => set([])}
      />
    </div>
  );
}

/** A whole number out of a few: one button each. */
export function FewNumbers({ field, value, set, path }: EntryProps): JSX.Element {
  const first = field.min ?? 0;
  const count = (field.max ?? first) - first + 1;
  return (
    <div class="choices choices-numbers" role="group">
      {Array.from({ length: count }, (_, at) => first + at).map((number) => (
        <ChoiceButton
          key={number}
          chosen={value === number}
          label={numberText(number)}
          isPlain
          testid={`field-${path}-${number}`}
          choose={() => set(number)}
        />
      ))}
    </div>
  );
}

function ChoiceButton(props: {
  chosen: boolean;
  label: string;
  points?: number | null;
  /** A number needs no tick beside it: it is narrow, and filling it is enough. */
  isPlain?: boolean;
  testid: string;
  choose: () => void;
}): JSX.Element {
  return (
    <button class="choice" aria-pressed={props.chosen} data-testid={props.testid} onClick={props.choose}>
      {props.chosen && !props.isPlain ? <Icon name="check" /> : null}
      <span>{props.label}</span>
      {props.points === null || props.points === undefined ? null : (
        <span class="choice-points">{numberText(props.points)}</span>
      )}
    </button>
  );
}
