/** Two or more judges' sheets of one run brought together: where they differ, who says what, and what was settled. */

import type { Field, Ruleset, Sheet, Value } from '../../rules/types';
import type { CaptainWord } from '../../feed/shapes';
import type { Mark, Run } from '../wire';
import { withoutUnset, type Entered } from './draft';

/** A sheet that was handed in, by an account's id. */
export interface HandedIn extends Entered {
  readonly by: string;
  /** What the captain said of this one. */
  readonly captain: CaptainWord | null;
}

export interface Option<T> {
  readonly value: T;
  /** The accounts whose sheets say so. */
  readonly by: readonly string[];
}

export interface Disagreement {
  readonly field: Field;
  readonly options: readonly Option<Value | undefined>[];
}

/** How a run that takes several sheets stands: `mine` and the others' are in or not, and whether they differ. */
export type Standing = 'single' | 'none_in' | 'mine_in' | 'other_in' | 'differ';

export function sheetsStanding(run: Run, account: string): Standing {
  const sheets = run.sheets ?? [];
  if ((run.sheets_needed ?? 1) === 1 || run.result !== null) return 'single';
  if (sheets.length === 0) return 'none_in';
  if (sheets.every((one) => one.sheet !== null)) return 'differ';
  return sheets.some((one) => one.by === account) ? 'mine_in' : 'other_in';
}

/** What the judges handed in, once all of it may be seen. */
export function handedIn(run: Run): HandedIn[] {
  return (run.sheets ?? []).flatMap(({ by, sheet, mark, captain = null }) =>
    sheet === null ? [] : [{ by, sheet: withoutUnset(sheet as Sheet), mark: mark as Mark | null, captain }],
  );
}

/** The fields on which not all sheets say the same, in the order of the sheet. */
export function disagreements(ruleset: Ruleset, sheets: readonly HandedIn[]): Disagreement[] {
  return ruleset.fields
    .map((field) => ({ field, options: optionsOf(sheets, (one) => one.sheet[field.id]) }))
    .filter((one) => one.options.length > 1);
}

/** The marks that were given, null for a result; one option where all agree. */
export function markOptions(sheets: readonly HandedIn[]): readonly Option<Mark | null>[] {
  return optionsOf(sheets, (one) => one.mark);
}

/** Whether the captain has signed or refused the very sheet that was settled on: a word about another one says nothing. */
export function isSeenByCaptain(sheets: readonly HandedIn[], settled: Entered): boolean {
  return sheets.some((one) => one.captain !== null && one.mark === settled.mark && isSame(one.sheet, settled.sheet));
}

function isSame(one: Sheet, other: Sheet): boolean {
  const ids = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...ids].every((id) => JSON.stringify(one[id]) === JSON.stringify(other[id]));
}

/** Which option holds, by field id; the mark's under `mark`. */
export type Choices = Readonly<Record<string, number>>;

/** The sheet all settled on, or null while something is not chosen. */
export function agreed(ruleset: Ruleset, sheets: readonly HandedIn[], chosen: Choices): Entered | null {
  const first = sheets[0];
  if (!first) return null;
  const sheet: Record<string, Value | undefined> = { ...first.sheet };
  for (const { field, options } of disagreements(ruleset, sheets)) {
    const option = options[chosen[field.id] ?? -1];
    if (!option) return null;
    sheet[field.id] = option.value;
  }
  const marks = markOptions(sheets);
  const mark = marks.length === 1 ? marks[0] : marks[chosen['mark'] ?? -1];
  if (!mark) return null;
  return {
    sheet: Object.fromEntries(
      Object.entries(sheet).filter((pair): pair is [string, Value] => pair[1] !== undefined),
    ),
    mark: mark.value,
  };
}

function optionsOf<T>(sheets: readonly HandedIn[], read: (sheet: HandedIn) => T): Option<T>[] {
  const options = new Map<string, { value: T; by: string[] }>();
  for (const sheet of sheets) {
    const value = read(sheet);
    const key = value === undefined ? '' : JSON.stringify(value);
    const known = options.get(key);
    if (known) known.by.push(sheet.by);
    else options.set(key, { value, by: [sheet.by] });
  }
  return [...options.values()];
}
