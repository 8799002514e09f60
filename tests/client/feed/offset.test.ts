/** The filter that turns round trips into an offset. */

import { describe, expect, it } from 'vitest';
import { ClockOffset } from '../../../app/client/feed/offset';

const TRUE_OFFSET_MS = 1_000_000;

/** A round trip whose way there takes `thereMs` and whose way back takes `backMs`. */
function roundTrip(offset: ClockOffset, sentMs: number, thereMs: number, backMs: number): void {
  offset.add(sentMs, sentMs + thereMs + backMs, sentMs + thereMs + TRUE_OFFSET_MS);
}

function errorMs(offset: ClockOffset, atMs: number): number {
  return Math.abs((offset.serverMs(atMs) ?? Infinity) - atMs - TRUE_OFFSET_MS);
}

/** Numbers from 0 to 1, the same at each run of the test (a linear congruential generator, Numerical Recipes). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

describe('ClockOffset', () => {
  it('knows nothing before the first round trip', () => {
    const offset = new ClockOffset();
    expect(offset.serverMs(0)).toBeNull();
    expect(offset.uncertaintyMs(0)).toBeNull();
    expect(offset.quality(0)).toBe('none');
  });

  it('believes the quickest way there and the quickest way back, though of different round trips', () => {
    const offset = new ClockOffset();
    roundTrip(offset, 0, 400, 2);
    roundTrip(offset, 1_000, 3, 3);
    roundTrip(offset, 2_000, 1, 700);
    expect(errorMs(offset, 3_000)).toBeLessThan(1);
    expect(offset.uncertaintyMs(3_000)).toBeLessThan(2);
  });

  it('is never further off than it says, on a bad network', () => {
    const offset = new ClockOffset();
    for (let n = 0; n < 40; n += 1) {
      roundTrip(offset, n * 5_000, 5 + ((n * 37) % 300), 5 + ((n * 91) % 300));
      const nowMs = n * 5_000 + 1_000;
      expect(errorMs(offset, nowMs)).toBeLessThanOrEqual(offset.uncertaintyMs(nowMs) ?? 0);
    }
  });

  it('is within 20 ms soon on a link of 100 ± 50 ms each way', () => {
    const random = seeded(7);
    for (let trial = 0; trial < 200; trial += 1) {
      const offset = new ClockOffset();
      for (let n = 0; n < 32; n += 1) roundTrip(offset, n * 1_000, 50 + 100 * random(), 50 + 100 * random());
      expect(errorMs(offset, 32_000)).toBeLessThan(10);
    }
  });

  it('forgets what cannot be true any more', () => {
    const offset = new ClockOffset();
    roundTrip(offset, 0, 5, 5);
    offset.add(1_000, 1_010, 1_005 + TRUE_OFFSET_MS + 3_600_000);
    expect(errorMs(offset, 1_010)).toBe(3_600_000);
    expect(offset.uncertaintyMs(1_010)).toBe(5);
  });

  it('lets an old good estimate give way to a newer one that drift cannot have spoilt', () => {
    const offset = new ClockOffset();
    roundTrip(offset, 0, 1, 1);
    offset.add(300_000, 300_010, 300_005 + TRUE_OFFSET_MS + 25);
    expect((offset.serverMs(300_010) ?? 0) - 300_010).toBe(TRUE_OFFSET_MS + 25);
  });

  it.each([
    [10, 'good'],
    [60, 'fair'],
    [250, 'poor'],
  ] as const)('calls round trips of twice %i ms %s', (eachWayMs, quality) => {
    const offset = new ClockOffset();
    roundTrip(offset, 0, eachWayMs, eachWayMs);
    expect(offset.quality(2 * eachWayMs)).toBe(quality);
  });

  it('refuses a round trip that ended before it began, or brought no time', () => {
    const offset = new ClockOffset();
    offset.add(10, 5, 1_000);
    offset.add(0, 5, Number.NaN);
    expect(offset.serverMs(10)).toBeNull();
  });
});
