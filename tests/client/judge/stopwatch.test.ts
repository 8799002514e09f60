/** The judge's stopwatch: clocks that are set, pages that are killed, and what goes into the sheet. */

import { expect, test } from 'vitest';

import { score } from '../../../app/client/judge/sheet/commands';
import {
  newDraft,
  undone,
  withStopwatch,
  withStopwatchTime,
  withTypedTime,
  withValue,
} from '../../../app/client/judge/sheet/draft';
import { readS, sinceMs, started, type Clocks } from '../../../app/client/judge/sheet/stopwatch';
import { field, ruleset, run } from './rulesets';

const HOUR_MS = 3_600_000;

function clocks(page: number, pageMs: number, dayMs: number): Clocks {
  return { page, pageMs: () => pageMs, dayMs: () => dayMs };
}

test('does not notice that the clock of the day is set', () => {
  const stopwatch = started(clocks(1, 500, 1000));
  expect(sinceMs(stopwatch, clocks(1, 21_500, 1000 + HOUR_MS))).toBe(21_000);
});

test('goes on by the clock of the day when the browser was killed meanwhile', () => {
  const stopwatch = started(clocks(1, 500, 1000));
  expect(sinceMs(stopwatch, clocks(2, 10, 31_000))).toBe(30_000);
  expect(sinceMs(stopwatch, clocks(2, 10, 0))).toBe(0);
});

test.each([
  [21_234.4, 0.001, 21.23],
  [21_235.1, null, 21.24],
  [21_234, 0.1, 21.2],
  [59_999, 1, 60],
])('reads %s ms on a field with steps of %s as %s s', (passedMs, stepS, seconds) => {
  expect(readS(passedMs, stepS)).toBe(seconds);
});

test('its time is marked until another one is entered, and stopping twice is stopping once', () => {
  const fresh = newDraft('k', run(), ruleset([field('time', 'time', { source: 'elapsed_time' })]));
  const running = withStopwatch(fresh, started(clocks(1, 0, 0)));
  const stopped = withStopwatchTime(running, ['time'], 21.23);
  expect(score(run(), stopped).payload).toMatchObject({ sheet: { time: 21.23 }, stopwatch: true });
  expect(withStopwatchTime(stopped, ['time'], 21.35)).toBe(stopped);
  expect(score(run(), withTypedTime(stopped, ['time'], 20)).payload).toMatchObject({ stopwatch: false });
});

const RULES = ruleset([field('time', 'time', { source: 'elapsed_time' }), field('pins', 'whole', { max: 8 })]);

test('goes on as if never stopped when its stop is taken back, and so when it was cancelled or typed over', () => {
  const watch = started(clocks(1, 0, 0));
  const running = withStopwatch(newDraft('k', run(), RULES), watch);
  for (const ended of [
    withStopwatchTime(running, ['time'], 21.23),
    withStopwatch(running, null),
    withTypedTime(running, ['time'], 20),
  ]) {
    expect(ended.running).toBeNull();
    expect(undone(ended)).toMatchObject({ running: watch, sheet: {}, stopwatch: false });
  }
  const later = withValue(withStopwatchTime(running, ['time'], 21.23), ['pins'], 3);
  expect(undone(later)).toMatchObject({ running: null, sheet: { time: 21.23 }, stopwatch: true });
  expect(undone(undone(later))).toMatchObject({ running: watch, sheet: {} });
});

test('is not touched when something else is taken back while it runs', () => {
  const watch = started(clocks(1, 0, 0));
  const running = withStopwatch(withValue(newDraft('k', run(), RULES), ['pins'], 3), watch);
  expect(undone(running)).toMatchObject({ running: watch, sheet: {} });
});

test('its mark comes back with the time it marks', () => {
  const stopped = withStopwatchTime(
    withStopwatch(newDraft('k', run(), RULES), started(clocks(1, 0, 0))),
    ['time'],
    21.23,
  );
  expect(undone(withTypedTime(stopped, ['time'], 20))).toMatchObject({ sheet: { time: 21.23 }, stopwatch: true });
});
