/** The few icons of all surfaces, drawn on a 24 × 24 grid; each always stands beside its word. */

import type { JSX } from 'preact';

const PATHS = {
  back: 'M15 5l-7 7 7 7',
  check: 'M4 12.5l5 5L20 6.5',
  clock: 'M12 3a9 9 0 100 18 9 9 0 000-18zm0 4v5l3.5 2.5',
  codes: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5zM20 14h-.5M14 20v-.5',
  compare: 'M8 4L4 8l4 4M4 8h12M16 12l4 4-4 4M20 16H8',
  cross: 'M6 6l12 12M18 6L6 18',
  done: 'M12 3a9 9 0 100 18 9 9 0 000-18zM8 12.2l2.8 2.8L16 9.6',
  down: 'M12 4v15M5.5 12.5L12 19l6.5-6.5',
  edit: 'M4 20l1-4L16.5 4.5l3 3L8 19l-4 1z',
  flag: 'M6 21V4M6 4.5h12l-3 4 3 4H6',
  hand: 'M8 12V6.5a1.5 1.5 0 013 0V11V4.5a1.5 1.5 0 013 0V11V6a1.5 1.5 0 013 0v8a6 6 0 01-6 6c-3 0-4.5-1.5-6-4l-2-3.4a1.5 1.5 0 012.6-1.5L8 13',
  kept: 'M7 3h10v18H7zM11 18h2',
  megaphone: 'M4 10v4h4l8 5V5l-8 5zM19 9.5a4 4 0 010 5M8 14l1.5 6',
  more: 'M5 11a1 1 0 100 2 1 1 0 000-2zM12 11a1 1 0 100 2 1 1 0 000-2zM19 11a1 1 0 100 2 1 1 0 000-2z',
  offline: 'M4 4l16 16M7 17a4 4 0 01.6-8M10 6.2A5.5 5.5 0 0117.4 11a3.5 3.5 0 011.6 6.2',
  online: 'M7 18a4.5 4.5 0 01.3-9A5.5 5.5 0 0117.7 10.2 4 4 0 0117 18z',
  person: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5',
  stop: 'M12 3a9 9 0 100 18 9 9 0 000-18zM8.5 8.5l7 7M15.5 8.5l-7 7',
  undo: 'M9 7L4 12l5 5M4.5 12H15a5 5 0 010 10h-3',
  up: 'M12 20V5M5.5 11.5L12 5l6.5 6.5',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17v.5',
  wave: 'M3 12h3l3-7 5 14 3-7h4',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
