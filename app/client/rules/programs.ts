/** A ruleset's formulas compiled by the CEL library, and run. */

import { Environment } from '@marcbachmann/cel-js';

import { FUNCTIONS } from './functions';
import { lookup } from './tables';
import type { Formula, Ruleset, Table } from './types';

/** A formula has no value on this sheet; `code` says why. */
export class EvaluationFailed extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

type Program = (context: Record<string, unknown>) => unknown;

const FAILED = /<(\w+)>/;

export class Programs {
  readonly #environment: Environment;
  readonly #compiled = new Map<string, Program>();

  constructor(ruleset: Ruleset) {
    this.#environment = environmentOf(ruleset.tables);
  }

  /** The formula's value. Throws EvaluationFailed if it has none or is not finite. */
  run(formula: Formula, values: Record<string, unknown>): unknown {
    const made = this.#execute(formula.cel, values);
    if (typeof made === 'number' && !Number.isFinite(made)) throw new EvaluationFailed('not_finite');
    return typeof made === 'number' ? made + 0 : made;
  }

  #execute(cel: string, values: Record<string, unknown>): unknown {
    try {
      return this.#program(cel)(values);
    } catch (error) {
      throw new EvaluationFailed(codeOf(error));
    }
  }

  #program(cel: string): Program {
    let program = this.#compiled.get(cel);
    if (program === undefined) {
      program = this.#environment.parse(cel) as Program;
      this.#compiled.set(cel, program);
    }
    return program;
  }
}

function environmentOf(tables: Ruleset['tables']): Environment {
  const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
  for (const [signature, implementation] of Object.entries(FUNCTIONS)) {
    environment.registerFunction(signature, implementation as (...args: unknown[]) => number);
  }
  const table = (name: string): Table => tables[name] ?? [];
  environment.registerFunction('lookup(string, dyn): double', (name: string, key: number | string) =>
    lookup(table(name), key),
  );
  environment.registerFunction('points_of_all(string, list): double', (name: string, keys: readonly string[]) =>
    keys.reduce((points, key) => points + lookup(table(name), key), 0),
  );
  return environment;
}

function codeOf(error: unknown): string {
  const { message = '', code = '' } = error as { message?: string; code?: string };
  const failed = FAILED.exec(message)?.[1];
  if (failed !== undefined) return failed;
  return code === 'index_out_of_bounds' ? 'index_out_of_range' : 'evaluation_failed';
}
