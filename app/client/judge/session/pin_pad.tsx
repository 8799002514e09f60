/** A pad of ten digits, so that no keyboard covers half the tablet. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { t } from '../../feed/i18n';
import { Icon } from '../widgets/icon';

/** The length of a PIN of ours: at this many digits it is tried by itself. */
const PIN_DIGITS = 6;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

export function PinPad({ enter, isBusy }: { enter: (pin: string) => void; isBusy: boolean }): JSX.Element {
  const pin = useSignal('');
  const press = (digit: string): void => {
    if (isBusy || pin.value.length >= PIN_DIGITS) return;
    pin.value += digit;
    if (pin.value.length < PIN_DIGITS) return;
    enter(pin.value);
    pin.value = '';
  };
  const erase = (): void => {
    pin.value = pin.value.slice(0, -1);
  };
  useEffect(() => {
    const typed = (key: KeyboardEvent): void => {
      if (/^\d$/.test(key.key)) press(key.key);
      if (key.key === 'Backspace') erase();
    };
    addEventListener('keydown', typed);
    return () => removeEventListener('keydown', typed);
  });
  return (
    <div class="pin">
      <output
        class="pin-shown"
        aria-label={t('Digits entered: {count}', { count: pin.value.length })}
        data-testid="pin-shown"
      >
        {Array.from({ length: PIN_DIGITS }, (_, at) => (
          <span key={at} class={at < pin.value.length ? 'pin-dot pin-dot-set' : 'pin-dot'} />
        ))}
      </output>
      <div class="pin-keys">
        {KEYS.map((digit) => (
          <PinKey key={digit} digit={digit} press={press} />
        ))}
        <span />
        <PinKey digit="0" press={press} />
        <button class="pin-key" data-testid="pin-erase" aria-label={t('Erase')} onClick={erase}>
          <Icon name="back" />
        </button>
      </div>
    </div>
  );
}

function PinKey({ digit, press }: { digit: string; press: (digit: string) => void }): JSX.Element {
  return (
    <button class="pin-key figures" data-testid={`pin-key-${digit}`} onClick={() => press(digit)}>
      {digit}
    </button>
  );
}
