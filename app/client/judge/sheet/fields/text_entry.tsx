/** A line of text. */

import type { JSX } from 'preact';

import { useTyped } from '../../widgets/typed';
import type { EntryProps } from './entry';

export function TextEntry({ value, set, path }: EntryProps): JSX.Element {
  const typed = useTyped(typeof value === 'string' ? value : '', (text) => set(text.trim() === '' ? undefined : text));
  return (
    <textarea
      class="text-entry"
      rows={2}
      maxLength={2000}
      {...typed}
      data-testid={`field-${path}-text`}
      aria-label={path}
    />
  );
}
