/** Text on its way into a box: kept while it is typed, because the page is drawn again whenever live state moves. */

import { useSignal } from '@preact/signals';

type Box = HTMLInputElement | HTMLTextAreaElement;

export interface Typed {
  readonly value: string;
  readonly onInput: (event: { readonly currentTarget: Box }) => void;
  readonly onChange: (event: { readonly currentTarget: Box }) => void;
}

/**
 * The properties of a box that shows `value` and hands on what was typed once it is left. Without them, drawing it
 * again puts the old value over what a judge has half typed.
 */
export function useTyped(value: string, commit: (text: string) => void): Typed {
  const typed = useSignal<string | null>(null);
  return {
    value: typed.value ?? value,
    onInput: ({ currentTarget }) => {
      typed.value = currentTarget.value;
    },
    onChange: ({ currentTarget }) => {
      typed.value = null;
      commit(currentTarget.value);
    },
  };
}
