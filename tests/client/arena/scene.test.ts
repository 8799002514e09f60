/** Which picture a field's screen shows, and for how long. */

import { describe, expect, it } from 'vitest';
import type { FieldData, Run } from '../../../app/client/feed/shapes';
import { firstTurn, leftOfResultMs, resultKey, RESULT_FOR_MS, sceneOf, turnAfter } from '../../../arena_display/src/scene';

const ENTERED_AT = '2026-11-23T10:00:00.000Z';
const ENTERED_AT_MS = Date.parse(ENTERED_AT);

const NAMES = { kk: 'Сызық', ru: 'Линия', en: 'Line' };
const READY: Run = {
  id: 'r1',
  target: 'c/demo/run/r1',
  division: 'line',
  field: 'A',
  attempt: 1,
  attempts: 3,
  position: 1,
  entry: { id: 'e1', number: 1, team: 'Тұлпар', organisation: 'Мектеп', region: null, region_code: null },
  status: 'START_LIST',
  version: 1,
  armed: true,
  clock: { state: 'ready', started_at_utc: null, stopped_at_utc: null, elapsed_us: null, uncertainty_us: null, limit_s: 180, simulated: false },
  result: null,
  rank: null,
  sealed: false,
  called_at_utc: null,
};

function done(at_utc = ENTERED_AT, id = 'r0'): Run {
  const result = { ok: true, mark: null, hand_time: false, corrected: false, values: {}, shown: [], sheet: {}, by: 'a', at_utc };
  return { ...READY, id, status: 'UNOFFICIAL', result, rank: 1 };
}

function field(parts: Partial<FieldData>): FieldData {
  const nothing: FieldData = {
    competition: { slug: 'demo', name: NAMES, demo: true },
    field: { code: 'A', name: 'A' },
    run: null,
    last: null,
    next: [],
    division: { code: 'line', name: NAMES, discipline: 'line-race' },
  };
  return { ...nothing, ...parts };
}

describe('the picture', () => {
  it('is the run, whatever else there is', () => {
    for (const turn of ['result', 'standings', 'coming'] as const) {
      expect(sceneOf(field({ run: READY, last: done(), next: [READY] }), turn, false)).toBe('run');
    }
  });

  it.each([
    ['result', false, 'result'],
    ['standings', false, 'standings'],
    ['coming', false, 'coming'],
    ['result', true, 'result'],
    ['standings', true, 'coming'],
  ] as const)('between runs, on the turn of the %s (stays: %s), is the %s', (turn, stays, scene) => {
    expect(sceneOf(field({ last: done(), next: [READY] }), turn, stays)).toBe(scene);
  });

  it('before the first run is who comes next, never empty standings', () => {
    expect(sceneOf(field({ next: [READY] }), 'standings', false)).toBe('coming');
  });

  it('after the last run is the standings, or the last result on a screen that stays', () => {
    expect(sceneOf(field({ last: done() }), 'coming', false)).toBe('standings');
    expect(sceneOf(field({ last: done() }), 'coming', true)).toBe('result');
  });

  it('is empty where nothing was drawn', () => {
    expect(sceneOf(field({ division: null }), 'coming', false)).toBe('empty');
  });
});

describe('turns', () => {
  it('begin with a result that has just come, and with the standings on a screen opened later', () => {
    expect(firstTurn(done(), ENTERED_AT_MS + 100)).toBe('result');
    expect(firstTurn(done(), ENTERED_AT_MS + RESULT_FOR_MS)).toBe('standings');
    expect(firstTurn(null, ENTERED_AT_MS)).toBe('standings');
  });

  it('show a result for the rest of its time, and for all of it where clocks disagree', () => {
    expect(leftOfResultMs(done(), ENTERED_AT_MS + 3_000)).toBe(RESULT_FOR_MS - 3_000);
    expect(leftOfResultMs(done(), ENTERED_AT_MS - 60_000)).toBe(RESULT_FOR_MS);
    expect(leftOfResultMs(READY, ENTERED_AT_MS)).toBe(0);
  });

  it('then go from standings to who is next and back', () => {
    expect([turnAfter('result'), turnAfter('standings'), turnAfter('coming')]).toEqual(['standings', 'coming', 'standings']);
  });

  it('begin anew for a corrected result, not for one that only became official', () => {
    const before = resultKey(done());
    const official: Run = { ...done(), status: 'OFFICIAL', version: 9 };
    expect(resultKey(official)).toBe(before);
    expect(resultKey(done('2026-11-23T10:05:00.000Z'))).not.toBe(before);
    expect(resultKey(done(ENTERED_AT, 'r2'))).not.toBe(before);
    expect(resultKey(READY)).toBe('');
  });
});
