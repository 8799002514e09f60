/** Two score sheets of one run, field by field: what the judge entered and what somebody else did. */

import type { Field, Ruleset, Sheet, Value } from '../../rules/types';
import type { Mark } from '../wire';
import { withoutUnset, type Entered } from './draft';

export type Side = 'mine' | 'theirs';

/** A field on which the two differ; `undefined` is unset there. */
export interface Difference {
  readonly field: Field;
  readonly mine: Value | undefined;
  readonly theirs: Value | undefined;
}

/** The fields that differ, in the order of the sheet. */
export function differences(ruleset: Ruleset, mine: Sheet, theirs: Sheet): Difference[] {
  return ruleset.fields
    .map((field) => ({ field, mine: mine[field.id], theirs: theirs[field.id] }))
    .filter((one) => JSON.stringify(one.mine) !== JSON.stringify(one.theirs));
}

/** The sheet that takes each differing field from the side chosen for it (theirs where none was). */
export function merged(
  differing: readonly Difference[],
  theirs: Sheet,
  chosen: Readonly<Record<string, Side>>,
): Sheet {
  const fromMine = differing.filter(({ field }) => chosen[field.id] === 'mine');
  const replaced = Object.fromEntries(fromMine.map(({ field, mine }) => [field.id, mine]));
  return withoutUnset({ ...theirs, ...replaced });
}

/** What a logged score says was entered: the last change that carries a sheet, or null if none does. */
export function theirScore(
  changed: readonly { readonly data: Readonly<Record<string, unknown>> }[],
): Entered | null {
  const last = changed.findLast(
    (change) => typeof change.data['sheet'] === 'object' && change.data['sheet'] !== null,
  );
  if (!last) return null;
  return { sheet: last.data['sheet'] as Sheet, mark: (last.data['mark'] ?? null) as Mark | null };
}
