/** Looking values up in a ruleset's tables. */

import { FunctionFailed } from './functions';
import type { Table } from './types';

/** The value of `key`. Throws FunctionFailed where the table has none. */
export function lookup(table: Table, key: number | string): number {
  const value = Array.isArray(table) ? byNumber(table, Number(key)) : byOption(table as Record<string, number>, key);
  if (value === undefined) throw new FunctionFailed('not_in_table');
  return value;
}

function byOption(table: Record<string, number>, key: number | string): number | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function byNumber(table: readonly (number | readonly [number, number])[], key: number): number | undefined {
  const bands = table.filter((item) => typeof item !== 'number');
  if (bands.length === 0) return table[key] as number | undefined;
  return bands.filter(([from]) => from <= key).at(-1)?.[1];
}
