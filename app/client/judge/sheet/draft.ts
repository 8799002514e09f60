/** A score sheet being filled in: every change is a new value, and the last ten can be taken back. */

import type { Field, Row, Ruleset, Sheet, Value } from '../../rules/types';
import type { Mark, Run } from '../wire';
import { ELAPSED_TIME } from './measured';
import type { Stopwatch } from './stopwatch';

export const UNDO_STEPS = 10;

/** What a judge enters. */
export interface Entered {
  readonly sheet: Sheet;
  readonly mark: Mark | null;
}

/** What one step back restores: what was entered, and the stopwatch where the step ended it. */
export interface Step extends Entered {
  readonly stopwatch?: boolean;
  readonly running?: Stopwatch;
}

/** What the team's captain did with the sheet. `strokes` are lines of x, y, x, y, … in thousandths of the pad's width. */
export type Captain =
  | { readonly outcome: 'signed'; readonly strokes: readonly Stroke[] }
  | { readonly outcome: 'refused'; readonly comment: string };

export type Stroke = readonly number[];

export interface Draft extends Entered {
  /** Account and run: see `draftKey`. */
  readonly key: string;
  readonly target: string;
  readonly kind: 'enter' | 'correct';
  /** The run's version when the sheet was opened: what the server must still have. */
  readonly version: number;
  readonly note: string;
  readonly reason: string;
  readonly past: readonly Step[];
  /** Null while nobody asked; gone again as soon as the sheet changes, because it was not this sheet that was seen. */
  readonly captain?: Captain | null;
  /** The time on the sheet is from this tablet's stopwatch. */
  readonly stopwatch?: boolean;
  /** The stopwatch while it runs. */
  readonly running?: Stopwatch | null;
}

/** Where a value sits: a field, or a column of a row of a field that has rows. */
export type Place = readonly [field: string] | readonly [field: string, row: number, column: string];

/** A sheet to start from: empty for a run not scored yet, what is confirmed for one to be corrected. */
export function newDraft(key: string, run: Run, ruleset: Ruleset): Draft {
  const result = run.result;
  const confirmed = (result?.sheet ?? {}) as Sheet;
  const sheet = result?.hand_time ? confirmed : withoutMeasured(confirmed, ruleset.fields);
  return {
    key,
    target: run.target,
    kind: result ? 'correct' : 'enter',
    version: run.version,
    sheet: withoutUnset(sheet),
    mark: (result?.mark ?? null) as Mark | null,
    note: '',
    reason: '',
    past: [],
    stopwatch: result?.stopwatch === true,
  };
}

/** The sheet without what the field itself measures, so that it is taken from the field again. */
function withoutMeasured(sheet: Sheet, fields: readonly Field[]): Sheet {
  const measured = new Set(fields.filter((field) => field.source === ELAPSED_TIME).map((field) => field.id));
  return Object.fromEntries(Object.entries(sheet).filter(([id]) => !measured.has(id)));
}

/** The server may say unset as null; here an unset field has no key. */
export function withoutUnset(sheet: Sheet): Sheet {
  return Object.fromEntries(Object.entries(sheet).filter(([, value]) => value !== null && value !== undefined));
}

export function valueAt(sheet: Sheet, place: Place): Value | undefined {
  const [id, row, column] = place;
  if (row === undefined || column === undefined) return sheet[id];
  return rowsOf(sheet, id)[row]?.[column];
}

export function rowsOf(sheet: Sheet, id: string): readonly Row[] {
  const value = sheet[id];
  return Array.isArray(value) ? (value as readonly Row[]) : [];
}

/** The draft with a value entered, or taken out again where `value` is undefined. */
export function withValue(draft: Draft, place: Place, value: Value | undefined): Draft {
  return changed(draft, { sheet: placed(draft.sheet, place, value) });
}

/** A time typed in, or left to the field again: the stopwatch has no part in it. */
export function withTypedTime(draft: Draft, place: Place, value: Value | undefined): Draft {
  return changed(draft, { sheet: placed(draft.sheet, place, value), stopwatch: false, running: null });
}

/** The sheet with a value put at a place. */
export function placed(sheet: Sheet, [id, row, column]: Place, value: Value | undefined): Sheet {
  if (row === undefined || column === undefined) return put(sheet, id, value);
  const rows = rowsOf(sheet, id).map((old, at) => (at === row ? put(old, column, value) : old));
  return put(sheet, id, rows);
}

export function withRowAdded(draft: Draft, id: string): Draft {
  return changed(draft, { sheet: put(draft.sheet, id, [...rowsOf(draft.sheet, id), {}]) });
}

export function withRowRemoved(draft: Draft, id: string, row: number): Draft {
  const rows = rowsOf(draft.sheet, id).filter((_, at) => at !== row);
  return changed(draft, { sheet: put(draft.sheet, id, rows) });
}

export function withMark(draft: Draft, mark: Mark | null): Draft {
  return changed(draft, { mark });
}

/** The draft with the stopwatch started, or stopped without a time; only the latter can be taken back. */
export function withStopwatch(draft: Draft, running: Stopwatch | null): Draft {
  return running === null ? changed(draft, { running }) : { ...draft, running };
}

/** The draft with the time a stopwatch came to, which is marked as such; once it is stopped, nothing more happens. */
export function withStopwatchTime(draft: Draft, place: Place, seconds: number): Draft {
  if (!draft.running) return draft;
  return changed(draft, { sheet: placed(draft.sheet, place, seconds), running: null, stopwatch: true });
}

/** The draft with what the captain did; undefined takes it back. */
export function withCaptain(draft: Draft, captain: Captain | undefined): Draft {
  return { ...draft, captain: captain ?? null };
}

/** One step back; the draft itself where there is nothing to take back. */
export function undone(draft: Draft): Draft {
  const last = draft.past.at(-1);
  return last ? { ...draft, ...last, captain: null, past: draft.past.slice(0, -1) } : draft;
}

/** What differs between two states of a sheet: the id of the first such field, the mark, or null. */
export function changedBetween(before: Entered, after: Entered): string | null {
  const ids = [...new Set([...Object.keys(before.sheet), ...Object.keys(after.sheet)])];
  const id = ids.find((one) => JSON.stringify(before.sheet[one]) !== JSON.stringify(after.sheet[one]));
  return id ?? (before.mark === after.mark ? null : 'mark');
}

function changed(draft: Draft, next: Partial<Pick<Draft, 'sheet' | 'mark' | 'stopwatch' | 'running'>>): Draft {
  const { sheet, mark, stopwatch = false, running } = draft;
  // A stopwatch that this step ends goes on when it is taken back; one that runs through it is left alone.
  const ended = running && next.running === null ? { running } : {};
  const past = [...draft.past, { sheet, mark, stopwatch, ...ended }].slice(-UNDO_STEPS);
  return { ...draft, ...next, captain: null, past };
}

function put(sheet: Sheet, id: string, value: Value | undefined): Sheet {
  if (value !== undefined) return { ...sheet, [id]: value };
  return Object.fromEntries(Object.entries(sheet).filter(([key]) => key !== id));
}
