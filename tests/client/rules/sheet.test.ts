/** What the sheet shows as it is filled in, and the arithmetic on decimal forms; results are compared in tests/contract. */

import { describe, expect, test } from 'vitest';

import { isOnStep, roundHalfAway } from '../../../app/client/rules/decimal';
import { evaluate, visibleFields } from '../../../app/client/rules/sheet';
import { field, ruleset } from '../judge/rulesets';

const RULES = ruleset(
  [
    field('lost', 'yes_no'),
    field('returned', 'yes_no', { visible_if: { cel: 'lost', uses: ['lost'] } }),
    field('victims', 'rows', {
      max_rows: 3,
      fields: [
        field('found', 'yes_no'),
        field('kits', 'whole', { min: 0, visible_if: { cel: 'found', uses: ['found'] } }),
      ],
    }),
  ],
  {},
);

describe('visible fields', () => {
  test('a field whose condition is not known yet is hidden, and not asked for', () => {
    expect(visibleFields(RULES, {})).toEqual(new Set(['lost', 'victims']));
    expect(evaluate(RULES, { victims: [] }).errors.map((error) => error.field)).toEqual(['lost']);
  });

  test('a condition that holds shows the field', () => {
    expect(visibleFields(RULES, { lost: true }).has('returned')).toBe(true);
    expect(visibleFields(RULES, { lost: false }).has('returned')).toBe(false);
  });

  test('columns are shown row by row', () => {
    const visible = visibleFields(RULES, { lost: false, victims: [{ found: true }, { found: false }] });
    expect(visible.has('victims.0.kits')).toBe(true);
    expect(visible.has('victims.1.kits')).toBe(false);
  });
});

describe('decimal forms', () => {
  test.each([
    [1.005, 2, 1.01],
    [-2.5, 0, -3],
    [2.675, 2, 2.68],
    [1234, -2, 1200],
    [1e300, 2, 1e300],
  ])('%d to %d digits is %d', (value, digits, made) => {
    expect(roundHalfAway(value, digits)).toBe(made);
  });

  test('a rounded nothing has no sign', () => {
    expect(Object.is(roundHalfAway(-0.4, 0), 0)).toBe(true);
  });

  test('0.3 is three steps of 0.1', () => {
    expect(isOnStep(0.3, 0.1, 0)).toBe(true);
    expect(isOnStep(0.35, 0.1, 0)).toBe(false);
    expect(isOnStep(-4.9, 0.1, -5)).toBe(true);
  });
});
