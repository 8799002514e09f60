/** What every kind of field is given: its declaration, its value, and a way to set or unset it. */

import type { Field, Value } from '../../../rules/types';

export interface EntryProps {
  readonly field: Field;
  /** undefined is unset. */
  readonly value: Value | undefined;
  readonly set: (value: Value | undefined) => void;
  /** For `data-testid`s: the field's id, or `rows.0.column`. */
  readonly path: string;
}
