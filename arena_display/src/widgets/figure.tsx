/** A clock or a value as large as its room allows: `--ems`, the width of its text, decides in the style sheet. */

import type { Ref } from 'preact';
import { emsOf } from './ems';

interface Props {
  readonly text: string;
  readonly label?: string;
  readonly digits?: Ref<HTMLSpanElement>;
}

export function Figure({ text, label = '', digits = null }: Props) {
  return (
    <div class="figure-room">
      <p class="figure figures" style={{ '--ems': emsOf(text) }}>
        <span ref={digits}>{text}</span>
      </p>
      {label && <p class="figure-label">{label}</p>}
    </div>
  );
}
