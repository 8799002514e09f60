/** A line of text. */

import type { JSX } from 'preact';

import type { EntryProps } from './entry';

export function TextEntry({ value, set, path }: EntryProps): JSX.Element {
  return (
    <textarea
      class="text-entry"
      rows={2}
      maxLength={2000}
      value={typeof value === 'string' ? value : ''}
      data-testid={`field-${path}-text`}
      aria-label={path}
      onChange={(change) => set(change.currentTarget.value.trim() === '' ? undefined : change.currentTarget.value)}
    />
  );
}
