/**
 * Runs the CEL conformance tests of the sections named on the command line on the tablet's raw library. Prints an array of
 * {name, expr, bindings, expected, found}: values as the tests write them, null for an error.
 */

import { tests } from '@bufbuild/cel-spec/testdata/conformance.js';
import { Environment } from '@marcbachmann/cel-js';

interface WrittenValue {
  readonly int64Value?: string;
  readonly doubleValue?: number | string;
  readonly boolValue?: boolean;
  readonly stringValue?: string;
  readonly nullValue?: null;
  readonly listValue?: { readonly values?: readonly WrittenValue[] };
}

interface Original {
  readonly name?: string;
  readonly expr: string;
  readonly value?: WrittenValue;
  readonly bindings?: Readonly<Record<string, { readonly value: WrittenValue }>>;
}

interface Suite {
  readonly name: string;
  readonly suites?: readonly Suite[];
  readonly tests?: readonly { readonly original: Original }[];
}

const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });

function read(value: WrittenValue): unknown {
  if (value.int64Value !== undefined) return BigInt(value.int64Value);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.listValue !== undefined) return (value.listValue.values ?? []).map(read);
  return value.boolValue ?? value.stringValue ?? null;
}

function written(value: unknown): WrittenValue | null {
  switch (typeof value) {
    case 'bigint':
      return { int64Value: String(value) };
    case 'number':
      return { doubleValue: Number.isFinite(value) ? value : String(value) };
    case 'boolean':
      return { boolValue: value };
    case 'string':
      return { stringValue: value };
    default:
      return Array.isArray(value) ? { listValue: { values: value.map((item) => written(item) ?? {}) } } : { nullValue: null };
  }
}

function evaluated({ expr, bindings }: Original): WrittenValue | null {
  const named = Object.entries(bindings ?? {}).map(([name, { value }]) => [name, read(value)]);
  try {
    return written(environment.evaluate(expr, Object.fromEntries(named) as Record<string, unknown>));
  } catch {
    return null;
  }
}

function* collect(suite: Suite, path: string): Generator<{ readonly path: string; readonly original: Original }> {
  for (const { original } of suite.tests ?? []) yield { path, original };
  for (const inner of suite.suites ?? []) yield* collect(inner, path === '' ? inner.name : `${path}/${inner.name}`);
}

const wanted = process.argv.slice(2);
const lines = [...collect(tests as unknown as Suite, '')]
  .filter(({ path }) => wanted.some((section) => path.startsWith(section)))
  .map(({ path, original }) => ({
    name: `${path}/${original.name ?? original.expr}`,
    expr: original.expr,
    bindings: original.bindings ?? {},
    expected: original.value ?? null,
    found: evaluated(original),
  }));
console.log(JSON.stringify(lines));
