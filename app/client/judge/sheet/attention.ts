/** Leads the judge's eye to one place of the sheet: it is scrolled to, focused, and flashes once. */

import { signal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

const FLASH_MS = 1_500;

/** A place on the sheet: `mark`, `note`, or `field-` and a field's id. */
export type SheetPlace = 'mark' | 'note' | `field-${string}`;

const asked = signal<SheetPlace | null>(null);

/** The `id` of the element at a place. */
export function placeId(place: SheetPlace): string {
  return `sheet-${place}`;
}

/** Where a problem's path, or a difference between two sheets, is to be seen: a row's column is seen in its field. */
export function placeOf(path: string): SheetPlace {
  return path === 'mark' ? path : `field-${path.split('.')[0] ?? path}`;
}

/** Show a place: now if its sheet is on the screen, else as soon as it is. */
export function lead(place: SheetPlace): void {
  asked.value = place;
}

/** For the sheet: go where it is led to. */
export function useLead(): void {
  const place = asked.value;
  useLayoutEffect(() => {
    if (place === null) return;
    asked.value = null;
    const element = document.getElementById(placeId(place));
    if (!element) return; // the rules hide it as the sheet stands
    element.scrollIntoView({ block: 'center' });
    element.focus({ preventScroll: true });
    const colour = getComputedStyle(element).getPropertyValue('--turquoise');
    element.animate([{ outline: `6px solid ${colour}` }, { outline: '6px solid transparent' }], FLASH_MS);
  }, [place]);
}
