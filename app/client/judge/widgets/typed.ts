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
  return useTypedOver(value, commit).box;
}

/**
 * The same for a box whose text may say nothing its field can take: `commit` then returns false, and the text stays
 * in the box, unread, until it is mended or the value changes otherwise.
 */
export function useReadable(value: string, commit: (text: string) => boolean): { box: Typed; isUnread: boolean } {
  return useTypedOver(value, commit);
}

interface Typing {
  readonly text: string;
  /** The value that was shown when it was typed. */
  readonly over: string;
  readonly isUnread: boolean;
}

function useTypedOver(
  value: string,
  commit: (text: string) => unknown,
): { box: Typed; isUnread: boolean } {
  const typing = useSignal<Typing | null>(null);
  const typed = typing.value?.over === value ? typing.value : null;
  return {
    isUnread: typed?.isUnread ?? false,
    box: {
      value: typed?.text ?? value,
      onInput: ({ currentTarget }) => {
        typing.value = { text: currentTarget.value, over: value, isUnread: typed?.isUnread ?? false };
      },
      onChange: ({ currentTarget }) => {
        const text = currentTarget.value;
        typing.value = commit(text) === false ? { text, over: value, isUnread: true } : null;
      },
    },
  };
}
