/** One QR code as a picture, dark on white whatever the theme: cameras read no other. */

import encodeQR from 'qr';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';

/** Modules of white around a code, as ISO/IEC 18004 asks for. */
const QUIET = 4;

export function CodePicture({ text, label }: { text: string; label: string }): JSX.Element {
  const rows = useMemo(() => encodeQR(text, 'raw', { ecc: 'low', border: QUIET }), [text]);
  const side = rows.length;
  return (
    <svg
      class="code-picture"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
      data-testid="code"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={rows.map(darkRow).join('')} fill="#000" />
    </svg>
  );
}

/** The dark modules of a row, neighbours as one bar. */
function darkRow(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x++) {
    if (row[x] !== true) continue;
    const from = x;
    while (row[x + 1] === true) x += 1;
    path += `M${from} ${y}h${x - from + 1}v1H${from}z`;
  }
  return path;
}
