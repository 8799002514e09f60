/** Score sheets: drafts, taking back, times as text, the field's time, and two sheets compared. */

import { describe, expect, test } from 'vitest';

import { differences, merged, theirScore } from '../../../app/client/judge/sheet/difference';
import {
  changedBetween,
  newDraft,
  rowsOf,
  undone,
  valueAt,
  withMark,
  withRowAdded,
  withRowRemoved,
  withValue,
} from '../../../app/client/judge/sheet/draft';
import { completed, measuredS, runningMs } from '../../../app/client/judge/sheet/measured';
import { parseTime } from '../../../app/client/judge/sheet/parse_time';
import { marksOffered } from '../../../app/client/judge/sheet/marks_offered';
import { broken, total } from '../../../app/client/judge/sheet/running_total';
import { readNumber } from '../../../app/client/judge/sheet/steps';
import type { Clock, Result } from '../../../app/client/judge/wire';
import { field, ruleset, run } from './rulesets';

const CLOCK: Clock = {
  ...run().clock,
  state: 'stopped',
  started_at_utc: '2026-11-23T10:00:00Z',
  stopped_at_utc: '2026-11-23T10:00:41.2375Z',
  elapsed_us: 41_237_500,
  uncertainty_us: 40,
};

const RULES = ruleset([
  field('pins', 'whole', { max: 8 }),
  field('time', 'time', { source: 'elapsed_time', min: 0.001 }),
  field('falls', 'rows', { fields: [field('where', 'text')], max_rows: 3, required: false }),
]);

function draft(result: Partial<Result> | null = null) {
  return newDraft('a|c/demo/run/r1', run({ result: result as Result | null }), RULES);
}

describe('a draft', () => {
  test('keeps unset apart from zero', () => {
    const zero = withValue(draft(), ['pins'], 0);
    expect(valueAt(draft().sheet, ['pins'])).toBeUndefined();
    expect(valueAt(zero.sheet, ['pins'])).toBe(0);
    expect(withValue(zero, ['pins'], undefined).sheet).toEqual({});
  });

  test('takes back the last ten changes and no more', () => {
    let changed = draft();
    for (let pins = 0; pins < 12; pins++) changed = withValue(changed, ['pins'], pins);
    for (let step = 0; step < 20; step++) changed = undone(changed);
    expect(changed.sheet).toEqual({ pins: 1 });
    expect(undone(withMark(draft(), 'DNF')).mark).toBeNull();
  });

  test('has rows whose columns are set one by one', () => {
    const two = withRowAdded(withRowAdded(draft(), 'falls'), 'falls');
    const named = withValue(two, ['falls', 1, 'where'], 'hill');
    expect(rowsOf(named.sheet, 'falls')).toEqual([{}, { where: 'hill' }]);
    expect(rowsOf(withRowRemoved(named, 'falls', 0).sheet, 'falls')).toEqual([{ where: 'hill' }]);
  });

  test('tells what a step back changed', () => {
    const set = withValue(draft(), ['pins'], 3);
    expect(changedBetween(set, undone(set))).toBe('pins');
    const named = withValue(withRowAdded(set, 'falls'), ['falls', 0, 'where'], 'hill');
    expect(changedBetween(named, undone(named))).toBe('falls');
    const marked = withMark(set, 'DNF');
    expect(changedBetween(marked, undone(marked))).toBe('mark');
    expect(changedBetween(set, set)).toBeNull();
  });

  test('of a correction starts from what is confirmed, its measured time left to the field', () => {
    const measured = draft({ sheet: { pins: 3, time: 41.238 }, mark: null, hand_time: false });
    expect([measured.kind, measured.sheet, measured.version]).toEqual(['correct', { pins: 3 }, 7]);
    const byHand = draft({ sheet: { pins: 3, time: 40 }, mark: null, hand_time: true });
    expect(byHand.sheet).toEqual({ pins: 3, time: 40 });
  });
});

describe("the field's time", () => {
  test.each([
    [41_237_500, null, 41.238],
    [41_237_499, null, 41.237],
    [41_250_000, 0.1, 41.3],
    [59_999_600, 0.001, 60],
    [100_000, 0.5, 0],
  ])('%i µs in steps of %s is %s s', (elapsed_us, step, expected) => {
    expect(measuredS({ ...CLOCK, elapsed_us }, step)).toBe(expected);
  });

  test('fills only what the judge left to the field', () => {
    expect(completed({ pins: 1 }, RULES, CLOCK)).toEqual({ pins: 1, time: 41.238 });
    expect(completed({ time: 40 }, RULES, CLOCK)).toEqual({ time: 40 });
    expect(completed({}, RULES, { ...CLOCK, elapsed_us: null })).toEqual({});
  });

  test('completes what gates counted and split, as the server does, unless the judge set it', () => {
    const rules = ruleset([
      field('laps', 'whole', { source: 'lap_count' }),
      field('touches', 'whole', { source: 'touch_count' }),
      field('first', 'time', { source: 'split_time', step: 0.01 }),
    ]);
    const clock: Clock = {
      ...CLOCK,
      passes: [
        { role: 'split', number: 1, at_us: 3_004_999 },
        { role: 'lap_gate', number: 1, at_us: 9_000_000 },
        { role: 'lap_gate', number: 2, at_us: 19_000_000 },
      ],
    };
    expect(completed({}, rules, clock)).toEqual({ laps: 2, first: 3 });
    expect(completed({ laps: 3 }, rules, clock)).toEqual({ laps: 3, first: 3 });
  });

  test('runs by the server clock and stands when stopped', () => {
    const running = { ...CLOCK, state: 'running', elapsed_us: null } as const;
    expect(runningMs(running, Date.parse('2026-11-23T10:00:12.5Z'))).toBe(12_500);
    expect(runningMs(running, Date.parse('2026-11-23T09:59:59Z'))).toBe(0);
    expect(runningMs(CLOCK, 0)).toBe(41_237.5);
  });
});

describe('times as typed', () => {
  test.each([
    ['1:23.456', 83.456],
    ['83,5', 83.5],
    ['0:07', 7],
    [' 12 ', 12],
  ])('%s reads as %s s', (text, seconds) => expect(parseTime(text)).toBe(seconds));

  test.each(['', '1:60', 'abc', '1:2:3', '-3', '1:'])('%s is no time', (text) =>
    expect(parseTime(text)).toBeNull(),
  );
});

describe('numbers as typed', () => {
  test.each([
    ['13,5', 13.5],
    [' -2 ', -2],
    ['−2', -2],
    ['007', 7],
  ])('%s reads as %s', (text, number) => expect(readNumber(text)).toBe(number));

  test.each(['abc', '13,5x', '1 2', '0x10', '1e3', ''])('%s is no number', (text) =>
    expect(readNumber(text)).toBeNull(),
  );
});

describe('what stands in the way of a total', () => {
  test('is counted apart: fields not set, and values that break a rule', () => {
    const rules = ruleset([
      field('pins', 'whole', { max: 8 }),
      field('hits', 'whole', { max: 3 }),
      field('falls', 'whole'),
    ]);
    expect(broken(total(rules, { pins: 9, hits: 4 }))).toBe(2);
    expect(total(rules, { pins: 9, hits: 4 }).open).toEqual(['falls']);
    expect(broken(total(rules, { pins: 8, hits: 3 }))).toBe(0);
  });
});

describe('marks', () => {
  test('of a judged project are those of a team that did not come, and only where the rules have them', () => {
    expect(marksOffered(ruleset([]))).toEqual(['DNS', 'DNF', 'DSQ']);
    expect(marksOffered(ruleset([], { kind: 'judged' }))).toEqual(['DNS']);
    expect(marksOffered(ruleset([], { kind: 'judged', marks: [] }))).toEqual([]);
  });
});

describe('two sheets of one run', () => {
  const mine = { pins: 3, time: 40 };
  const theirs = { pins: 4, falls: [{ where: 'hill' }], time: 40 };
  const differing = differences(RULES, mine, theirs);

  test('differ where either has another value or none', () => {
    expect(differing.map((one) => one.field.id)).toEqual(['pins', 'falls']);
  });

  test('merge field by field, theirs where nothing was chosen', () => {
    expect(merged(differing, theirs, { pins: 'mine' })).toEqual({ ...theirs, pins: 3 });
    expect(merged(differing, theirs, { pins: 'mine', falls: 'mine' })).toEqual(mine);
  });

  test('theirs is the last change that carries a sheet', () => {
    expect(
      theirScore([{ data: { sheet: { pins: 1 } } }, { data: { sheet: theirs, mark: 'DSQ' } }, { data: {} }]),
    ).toEqual({
      sheet: theirs,
      mark: 'DSQ',
    });
    expect(theirScore([{ data: {} }])).toBeNull();
  });
});
