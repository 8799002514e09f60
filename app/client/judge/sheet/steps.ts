/** Stepping a number up and down without leaving what its field allows. */

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
