/** Arithmetic on the shortest decimal form of doubles, the same as Python's `Decimal(repr(x))`. */

/** `digits` × 10^-`places`, signed. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

const SHAPE = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/** Digits a rounding may be away from the value's own; beyond, there is nothing to round. */
const FARTHEST = 25;

function decimalOf(value: number): Decimal {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = SHAPE.exec(String(value)) ?? [];
  const places = fraction.length - Number(exponent);
  return { digits: BigInt(`${sign}${whole}${fraction}`), places };
}

function scaled(value: Decimal, places: number): bigint {
  return value.digits * 10n ** BigInt(places - value.places);
}

/** Whether `value` is a whole number of `step`s from `start`: 0.3 is three steps of 0.1. */
export function isOnStep(value: number, step: number, start: number): boolean {
  const parts = [value, step, start].map(decimalOf) as [Decimal, Decimal, Decimal];
  const places = Math.max(...parts.map((part) => part.places));
  const [own, each, from] = parts.map((part) => scaled(part, places)) as [bigint, bigint, bigint];
  return (own - from) % each === 0n;
}

/** `value` to so many decimal digits, half away from zero: 1.005 to 2 digits is 1.01. */
export function roundHalfAway(value: number, places: number): number {
  const decimal = decimalOf(value);
  const dropped = decimal.places - places;
  if (dropped <= 0 || -dropped > FARTHEST) return value;
  const unit = 10n ** BigInt(dropped);
  const magnitude = decimal.digits < 0n ? -decimal.digits : decimal.digits;
  const rounded = (magnitude * 2n + unit) / (unit * 2n);
  const sign = decimal.digits < 0n ? '-' : '';
  return Number(`${sign}${rounded}e${-places}`) + 0;
}
