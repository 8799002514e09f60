/** Taps that follow each other too quickly on a match: which of them count, and what is seen of it. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Rest, REST_MS } from '../../../app/client/judge/match/rest';

let rest: Rest;

beforeEach(() => {
  vi.useFakeTimers();
  rest = new Rest();
});
afterEach(() => void vi.useRealTimers());

test('a double tap counts one bout, whatever it hits, and the next one counts when the rest is over', () => {
  expect(rest.takes('bout', 5_000)).toBe(true);
  rest.counted('bout', true, 5_000);
  expect(rest.takes('bout', 5_180)).toBe(false);
  expect(rest.takes('warnings a', 5_300)).toBe(false);
  expect(rest.takes('bout', 5_000 + REST_MS)).toBe(true);
});

test('it is the time of the tap that counts, however late a slow tablet handles it', () => {
  rest.counted('bout', true, 5_000);
  vi.advanceTimersByTime(3 * REST_MS);
  expect(rest.takes('bout', 5_200)).toBe(false);
});

test('a fault rests alone, for the other side may have done wrong in the same moment', () => {
  rest.counted('warnings a', false, 5_000);
  expect(rest.takes('warnings a', 5_200)).toBe(false);
  expect(rest.takes('warnings b', 5_200)).toBe(true);
  expect(rest.takes('bout', 5_200)).toBe(true);
});

test('a fault that loses the bout makes everything rest', () => {
  rest.counted('warnings a', true, 5_000);
  expect(rest.takes('bout', 5_200)).toBe(false);
});

test('what was taken back makes nothing rest', () => {
  rest.counted('bout', true, 5_000);
  rest.forget();
  expect(rest.takes('bout', 5_200)).toBe(true);
  expect(rest.resting.value.size).toBe(0);
});

test('the rest is seen for as long as it lasts', () => {
  rest.counted('bout', true, 5_000);
  vi.advanceTimersByTime(REST_MS - 1);
  expect(rest.resting.value.has('bout')).toBe(true);
  vi.advanceTimersByTime(1);
  expect(rest.resting.value.size).toBe(0);
});
