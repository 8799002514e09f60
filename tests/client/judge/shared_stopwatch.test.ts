/** What the stopwatch of a sheet tells everybody: a start, a stop, a stop taken back, and a start that never counted. */

import { expect, test } from 'vitest';

import { tellStopwatch } from '../../../app/client/judge/sheet/shared_stopwatch';
import { started, type Clocks } from '../../../app/client/judge/sheet/stopwatch';
import { place } from '../../../app/client/judge/outbox/machine';
import type { CommandType, NewItem, OutboxItem } from '../../../app/client/judge/outbox/item';
import { measuredS, runningMs } from '../../../app/client/judge/sheet/measured';
import type { Clock } from '../../../app/client/judge/wire';
import { run } from './rulesets';

const NOW_MS = Date.UTC(2026, 10, 29, 9, 0, 0);
const CLOCK = { serverNowMs: () => NOW_MS, uncertaintyMs: () => 12 };
const STARTED = started(page(0));
const IDLE = { running: null, stopwatch: false };
const RUNNING = { running: STARTED, stopwatch: false };
const STOPPED = { running: null, stopwatch: true };

function page(nowMs: number): Clocks {
  return { page: 1, pageMs: () => nowMs, dayMs: () => nowMs };
}

function told(before: typeof IDLE | typeof RUNNING, after: typeof IDLE | typeof RUNNING, nowMs = 0) {
  return tellStopwatch(run(), before, after, CLOCK, page(nowMs));
}

test('a start and a stop are told with the time of their taps', () => {
  expect(told(IDLE, RUNNING)).toMatchObject({
    type: 'StartByHand',
    payload: { tap: { at_utc: '2026-11-29T09:00:00.000Z', uncertainty_ms: 12 } },
  });
  expect(told(RUNNING, STOPPED, 21_000)).toMatchObject({
    type: 'StopByHand',
    payload: { tap: { at_utc: '2026-11-29T09:00:00.000Z' } },
  });
});

test('a stop that is taken back goes on since the first start', () => {
  expect(told(STOPPED, RUNNING, 21_000)).toMatchObject({
    type: 'StartByHand',
    payload: { tap: { at_utc: '2026-11-29T08:59:39.000Z' } },
  });
});

test('a stopwatch that ends without a time never counted', () => {
  expect(told(RUNNING, IDLE)).toMatchObject({ type: 'CancelByHand' });
});

test('nothing is told of other changes', () => {
  expect([told(IDLE, IDLE), told(RUNNING, RUNNING), told(STOPPED, STOPPED)]).toEqual([null, null, null]);
});

test('what never left the tablet is dropped once the run is scored', () => {
  const item = (type: CommandType, seq: number, tries = 0): OutboxItem => ({
    ...(tellStopwatch(run(), IDLE, RUNNING, CLOCK, page(0)) as unknown as OutboxItem),
    type,
    seq,
    id: `i${seq}`,
    tries,
    state: 'saved',
    madeBy: { account: 'a', name: 'A', device: 'd' },
  });
  const score = item('EnterScore', 9) as NewItem;
  expect(place([item('StartByHand', 1), item('StopByHand', 2), item('StartByHand', 3, 1)], score).replaced).toEqual([1, 2]);
});

test('a hand clock is shown and fills no sheet', () => {
  const clock: Clock = {
    ...run().clock,
    state: 'stopped',
    by_hand: true,
    started_at_utc: '2026-11-29T09:00:00Z',
    stopped_at_utc: '2026-11-29T09:00:21.500Z',
    elapsed_us: null,
  };
  expect(runningMs(clock, NOW_MS + 99_000)).toBe(21_500);
  expect(measuredS(clock, null)).toBeNull();
});
