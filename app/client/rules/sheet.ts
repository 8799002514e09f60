/** One score sheet evaluated by its ruleset, exactly as scoring/sheet.py does on the server. */

import { SheetReader, problem } from './entries';
import { EvaluationFailed, Programs } from './programs';
import type { Constraint, Evaluation, Formula, Ruleset, Sheet, SheetProblem } from './types';

export type * from './types';

const compiled = new WeakMap<Ruleset, Programs>();

function programsOf(ruleset: Ruleset): Programs {
  let programs = compiled.get(ruleset);
  if (programs === undefined) {
    programs = new Programs(ruleset);
    compiled.set(ruleset, programs);
  }
  return programs;
}

/**
 * The results of a sheet; null and undefined are unset, and unset is not zero.
 * Constraints whose fields are all there are judged even when others are missing, so they show where they arise.
 */
export function evaluate(ruleset: Ruleset, sheet: Sheet): Evaluation {
  const work = new Work(ruleset, sheet);
  work.runFormulas();
  for (const constraint of ruleset.constraints) work.judge(constraint);
  if (work.errors.length > 0) {
    return { ok: false, results: {}, values: {}, warnings: work.warnings, errors: work.errors };
  }
  return { ok: true, ...work.named(), warnings: work.warnings, errors: [] };
}

/** The fields to be shown, for drawing the sheet: their ids, and `rows.0.column` for the columns of rows. */
export function visibleFields(ruleset: Ruleset, sheet: Sheet): ReadonlySet<string> {
  const programs = programsOf(ruleset);
  const reader = new SheetReader((formula, seen) => holds(programs, formula, seen));
  reader.read(ruleset.fields, sheet);
  return reader.visible;
}

/** A `visible_if` that cannot be told hides its field. */
function holds(programs: Programs, formula: Formula, seen: Record<string, unknown>): boolean {
  try {
    return programs.run(formula, seen) === true;
  } catch {
    return false;
  }
}

/** The evaluation of one sheet; `missing` are the names that have no value because of a problem. */
class Work {
  readonly errors: SheetProblem[];
  readonly warnings: SheetProblem[] = [];
  readonly #ruleset: Ruleset;
  readonly #programs: Programs;
  readonly #values: Record<string, unknown>;
  readonly #missing: Set<string>;

  constructor(ruleset: Ruleset, sheet: Sheet) {
    this.#ruleset = ruleset;
    this.#programs = programsOf(ruleset);
    const reader = new SheetReader((formula, seen) => holds(this.#programs, formula, seen));
    reader.read(ruleset.fields, sheet);
    this.errors = reader.problems;
    this.#values = { ...reader.values };
    this.#missing = new Set(reader.missing);
  }

  runFormulas(): void {
    const { values, results, order } = this.#ruleset;
    const formulas = new Map([...values, ...results].map(({ name, formula }) => [name, formula]));
    for (const name of order) {
      const formula = formulas.get(name);
      if (formula !== undefined) this.#learn(name, formula);
    }
  }

  #learn(name: string, formula: Formula): void {
    if (this.#lacks(formula)) {
      this.#missing.add(name);
      return;
    }
    try {
      this.#values[name] = this.#programs.run(formula, this.#values);
    } catch (error) {
      this.errors.push(problem(codeOf(error), name));
      this.#missing.add(name);
    }
  }

  judge(constraint: Constraint): void {
    if (this.#lacks(constraint.require)) return;
    const field = constraint.fields[0] ?? null;
    try {
      if (this.#programs.run(constraint.require, this.#values) === true) return;
    } catch (error) {
      this.errors.push(problem(codeOf(error), field, { constraint: constraint.code }));
      return;
    }
    const { code, message, fields, level } = constraint;
    const broken = { code, field, fields: [...fields], facts: {}, message };
    if (level === 'error') this.errors.push(broken);
    else this.warnings.push(broken);
  }

  named(): Pick<Evaluation, 'results' | 'values'> {
    return {
      results: this.#pick(this.#ruleset.results, (value) => typeof value === 'number'),
      values: this.#pick(this.#ruleset.values, (value) => typeof value !== 'object'),
    };
  }

  #pick<T>(named: readonly { readonly name: string }[], isWanted: (value: unknown) => boolean): Record<string, T> {
    const wanted = named.map(({ name }) => [name, this.#values[name]] as const).filter(([, value]) => isWanted(value));
    return Object.fromEntries(wanted) as Record<string, T>;
  }

  #lacks(formula: Formula): boolean {
    return formula.uses.some((name) => this.#missing.has(name));
  }
}

function codeOf(error: unknown): string {
  return error instanceof EvaluationFailed ? error.code : 'evaluation_failed';
}
