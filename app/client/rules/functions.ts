/** The functions of formulas, bit for bit those of scoring/formula/functions.py. */

import { roundHalfAway } from './decimal';

const MOST_EXPONENT = 1000;
const MOST_DIGITS = 15;

/** A function has no value for these arguments; `code` says why. */
export class FunctionFailed extends Error {
  constructor(readonly code: string) {
    super(`<${code}>`);
  }
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new FunctionFailed('not_finite');
  return value;
}

function some(items: readonly number[]): readonly number[] {
  if (items.length === 0) throw new FunctionFailed('list_empty');
  return items;
}

function sum(items: readonly number[]): number {
  let result = 0;
  for (const item of items) result += item;
  return finite(result);
}

function product(items: readonly number[]): number {
  let result = 1;
  for (const item of items) result *= item;
  return finite(result);
}

const avg = (items: readonly number[]): number => sum(some(items)) / items.length;
const min = (items: readonly number[]): number => some(items).reduce((least, item) => (item < least ? item : least));
const max = (items: readonly number[]): number => some(items).reduce((most, item) => (item > most ? item : most));

function div(dividend: number, divisor: number): number {
  if (divisor === 0) throw new FunctionFailed('not_finite');
  return finite(dividend / divisor);
}

function pow(base: number, exponent: number): number {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > MOST_EXPONENT) {
    throw new FunctionFailed('exponent_not_whole');
  }
  let result = 1;
  for (let times = Math.abs(exponent); times > 0; times -= 1) result *= base;
  return exponent >= 0 ? finite(result) : div(1, result);
}

function round(value: number, digits: number): number {
  if (!Number.isInteger(digits) || Math.abs(digits) > MOST_DIGITS) throw new FunctionFailed('digits_not_whole');
  return roundHalfAway(finite(value), digits);
}

function clamp(value: number, lowest: number, highest: number): number {
  if (value < lowest) return lowest;
  return value > highest ? highest : value;
}

/** CEL signature → function. */
export const FUNCTIONS: Readonly<Record<string, (...args: never[]) => number>> = {
  'sum(list): double': sum,
  'product(list): double': product,
  'avg(list): double': avg,
  'min(list): double': min,
  'max(list): double': max,
  'div(double, double): double': div,
  'pow(double, double): double': pow,
  'round(double, double): double': round,
  'clamp(double, double, double): double': clamp,
  'abs(double): double': Math.abs,
  'floor(double): double': (value: number) => Math.floor(finite(value)) + 0,
  'ceil(double): double': (value: number) => Math.ceil(finite(value)) + 0,
};
