/** Numbers of a sheet: as they are typed, and stepped up and down without leaving what their field allows. */

import type { Field } from '../../rules/types';

/**
 * `value` moved by so many steps, kept between least and most. From unset, a step up goes to the first step above the
 * least and a step down to the least itself: one tap, and the judge has said something.
 */
export function stepped(
  field: Pick<Field, 'min' | 'max' | 'step'>,
  value: number | undefined,
  steps: number,
): number {
  const least = field.min ?? 0;
  const step = field.step ?? 1;
  const moved = (value ?? least) + steps * step;
  const kept = Math.min(
    field.max ?? Number.POSITIVE_INFINITY,
    Math.max(field.min ?? Number.NEGATIVE_INFINITY, moved),
  );
  return value === undefined && steps < 0 ? least : Number(kept.toFixed(6));
}

/** The number a person typed, with a comma or a point; null where that is not a number. */
export function readNumber(text: string): number | null {
  const found = /^\s*([-−]?)(\d+(?:[.,]\d+)?)\s*$/.exec(text);
  if (!found) return null;
  const number = Number((found[2] ?? '').replace(',', '.'));
  return found[1] === '' ? number : -number;
}
