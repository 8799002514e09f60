/** What was entered on a sheet, held against its fields: the same checks, in the same order, as scoring/entries.py. */

import { isOnStep } from './decimal';
import type { Facts, Field, Formula, Row, Sheet, SheetProblem, Value } from './types';

const MOST_MAGNITUDE = 1e12;
const MOST_TEXT = 2000;
const MOST_SHOWN = 60;

const NUMBERS: readonly string[] = ['whole', 'number', 'time'];

type Values = Record<string, unknown>;
type Problem = readonly [code: string, facts?: Facts];
type Shown = (formula: Formula, seen: Values) => boolean;

export function problem(code: string, field: string | null, facts: Facts = {}): SheetProblem {
  return { code, field, fields: field === null ? [] : [field], facts, message: null };
}

/**
 * Reads one sheet; `values` is what formulas see, `missing` the fields they cannot see for a problem, `visible` the
 * paths of those to be shown: a field's id, or `rows.0.column`.
 */
export class SheetReader {
  readonly values: Values = {};
  readonly problems: SheetProblem[] = [];
  readonly missing = new Set<string>();
  readonly visible = new Set<string>();

  constructor(readonly shown: Shown) {}

  read(fields: readonly Field[], sheet: Sheet): void {
    for (const field of fields) {
      this.values[field.id] = this.#value(field, sheet[field.id], field.id, this.values, this.missing);
    }
    this.#unknown(fields, sheet, '');
  }

  #value(field: Field, entered: Value | undefined, path: string, seen: Values, missing: Set<string>): unknown {
    const before = this.problems.length;
    const value = this.#checked(field, entered, path, seen, missing);
    if (this.problems.length > before) missing.add(field.id);
    return value;
  }

  #checked(field: Field, entered: Value | undefined, path: string, seen: Values, missing: Set<string>): unknown {
    if (this.#isHidden(field, seen, missing)) return unset(field);
    this.visible.add(path);
    if (entered === undefined || entered === null) {
      if (field.required) this.problems.push(problem('required', path));
      return unset(field);
    }
    const found = problemOf(field, entered);
    if (found !== null) {
      this.problems.push(problem(found[0], path, found[1]));
      return unset(field);
    }
    return field.type === 'rows' ? (entered as readonly Row[]).map((row, at) => this.#row(field, at, row)) : entered;
  }

  #isHidden(field: Field, seen: Values, missing: ReadonlySet<string>): boolean {
    const formula = field.visible_if;
    return formula !== null && (formula.uses.some((name) => missing.has(name)) || !this.shown(formula, seen));
  }

  #row(field: Field, at: number, entered: Row): Values {
    const row: Values = { index: at };
    const missing = new Set(this.missing);
    for (const column of field.fields) {
      const path = `${field.id}.${at}.${column.id}`;
      row[column.id] = this.#value(column, entered[column.id], path, { ...this.values, ...row }, missing);
    }
    this.#unknown(field.fields, entered, `${field.id}.${at}.`);
    return row;
  }

  #unknown(fields: readonly Field[], entered: Sheet, prefix: string): void {
    const known = new Set(fields.map((field) => field.id));
    const strange = Object.keys(entered).filter((name) => !known.has(name));
    this.problems.push(...strange.sort().map((name) => problem('field_unknown', prefix + name)));
  }
}

/** What formulas see for a field without a value. */
function unset(field: Field): unknown {
  return field.type === 'rows' || field.type === 'multiple_choice' ? [] : field.otherwise;
}

/** What is wrong with the value entered for `field`, which is not unset. */
export function problemOf(field: Field, entered: NonNullable<Value>): Problem | null {
  if (!fits(field, entered)) return ['type_wrong', { expected: field.type }];
  if (NUMBERS.includes(field.type)) return problemOfNumber(field, entered as number);
  switch (field.type) {
    case 'choice':
      return problemOfChoice(field, entered as string);
    case 'multiple_choice':
      return problemOfChoices(field, entered as readonly string[]);
    case 'text':
      return Array.from(entered as string).length > MOST_TEXT ? ['too_long', { max: MOST_TEXT }] : null;
    case 'rows':
      return problemOfRows(field, entered as readonly Row[]);
    default:
      return null;
  }
}

function fits(field: Field, entered: NonNullable<Value>): boolean {
  if (NUMBERS.includes(field.type)) return typeof entered === 'number';
  if (field.type === 'yes_no') return typeof entered === 'boolean';
  return field.type === 'choice' || field.type === 'text' ? typeof entered === 'string' : Array.isArray(entered);
}

function problemOfNumber(field: Field, entered: number): Problem | null {
  if (!Number.isFinite(entered)) return ['not_finite'];
  if (Math.abs(entered) > MOST_MAGNITUDE) return ['too_large'];
  if (field.type === 'whole' && !Number.isInteger(entered)) return ['not_whole'];
  if (field.min !== null && entered < field.min) return ['below_min', { min: field.min }];
  if (field.max !== null && entered > field.max) return ['above_max', { max: field.max }];
  if (field.step === null || (field.type === 'whole' && field.step === 1)) return null;
  return isOnStep(entered, field.step, field.min ?? 0) ? null : ['off_step', { step: field.step }];
}

function hasOption(field: Field, id: unknown): boolean {
  return field.options.some((option) => option.id === id);
}

function optionUnknown(entered: unknown): Problem {
  if (typeof entered !== 'string') return ['option_unknown'];
  return ['option_unknown', { option: Array.from(entered).slice(0, MOST_SHOWN).join('') }];
}

function problemOfChoice(field: Field, entered: string): Problem | null {
  return hasOption(field, entered) ? null : optionUnknown(entered);
}

function problemOfChoices(field: Field, entered: readonly unknown[]): Problem | null {
  for (const item of entered) if (!hasOption(field, item)) return optionUnknown(item);
  return new Set(entered).size < entered.length ? ['option_repeated'] : null;
}

function problemOfRows(field: Field, entered: readonly unknown[]): Problem | null {
  if (entered.length < field.min_rows) return ['too_few_rows', { min: field.min_rows }];
  if (entered.length > field.max_rows) return ['too_many_rows', { max: field.max_rows }];
  const areRows = entered.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row));
  return areRows ? null : ['type_wrong', { expected: 'rows' }];
}
