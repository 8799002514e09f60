/** A button for what should not happen by a slip: it asks for a second tap in its own place, without a window. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

const READY_FOR_MS = 4_000;

export function TwiceButton(props: {
  word: string;
  again: string;
  testid: string;
  press: () => void;
}): JSX.Element {
  const isReady = useSignal(false);
  useEffect(() => {
    if (!isReady.value) return undefined;
    const timer = setTimeout(() => (isReady.value = false), READY_FOR_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [isReady.value]);
  const tap = (): void => {
    if (isReady.value) props.press();
    isReady.value = !isReady.value;
  };
  return (
    <button class={isReady.value ? 'button button-ready' : 'button'} data-testid={props.testid} onClick={tap}>
      {isReady.value ? props.again : props.word}
    </button>
  );
}
