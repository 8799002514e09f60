/** Which side of a match somebody is on: a disc on the left, a triangle on the right, each in its colour. */

import type { JSX } from 'preact';

export type SideAt = 0 | 1;

export function SideMark({ at }: { at: SideAt }): JSX.Element {
  return (
    <svg class={`side-mark side-mark-${at}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {at === 0 ? <circle cx="12" cy="12" r="10" /> : <path d="M12 2l11 20H1z" />}
    </svg>
  );
}
