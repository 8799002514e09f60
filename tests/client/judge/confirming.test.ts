/** What a judge starts from, what the sheet comes to on the way, and when it may be confirmed. */

import { describe, expect, test } from 'vitest';

import type { OutboxItem } from '../../../app/client/judge/outbox/item';
import { inTurn } from '../../../app/client/judge/queue/turns';
import { begin } from '../../../app/client/judge/sheet/beginning';
import { openRun, score } from '../../../app/client/judge/sheet/commands';
import { withMark, withValue, type Draft } from '../../../app/client/judge/sheet/draft';
import { completed } from '../../../app/client/judge/sheet/measured';
import { mayConfirm, readiness } from '../../../app/client/judge/sheet/readiness';
import { total } from '../../../app/client/judge/sheet/running_total';
import { stepped } from '../../../app/client/judge/sheet/steps';
import { field, ruleset, run } from './rulesets';

const RULES = ruleset(
  [
    field('maze', 'whole', { min: 0, max: 80 }),
    field('start', 'yes_no'),
    field('way', 'choice', {
      options: [
        { id: 'long', label: { en: 'long' }, points: 20 },
        { id: 'short', label: { en: 'short' }, points: 5 },
      ],
    }),
    field('time', 'time', { source: 'elapsed_time', min: 0.001, max: 180 }),
  ],
  {
    results: [
      {
        name: 'points',
        type: 'points',
        label: { en: 'Points' },
        unit: null,
        shown: true,
        max: null,
        formula: {
          cel: "maze + (start ? 10.0 : 0.0) + (way == 'long' ? 20.0 : 5.0)",
          uses: ['maze', 'start', 'way'],
        },
      },
    ],
    order: ['points'],
    constraints: [
      {
        code: 'no_maze_without_start',
        level: 'error',
        fields: ['maze'],
        message: { en: 'No maze without a start.' },
        require: { cel: 'maze == 0.0 || start', uses: ['maze', 'start'] },
      },
    ],
  },
);

const FULL = { maze: 40, start: true, way: 'short' };
const KEY = 'aida|c/demo/run/r1';

function fresh(over: Partial<Draft> = {}): Draft {
  return { ...begin(KEY, run(), RULES, 'aida', []), ...over };
}

function kept(over: Partial<OutboxItem>): OutboxItem {
  return {
    ...score(run(), fresh({ sheet: FULL })),
    seq: 1,
    id: 'id-1',
    follows: false,
    madeAt: '2026-11-23T10:00:00Z',
    madeBy: { account: 'aida', name: 'Аида', device: 'tablet' },
    state: 'saved',
    tries: 0,
    receipt: null,
    ...over,
  };
}

describe('a sheet begins', () => {
  test('empty for a run that nobody scored', () => {
    expect(fresh()).toMatchObject({ kind: 'enter', sheet: {}, mark: null, version: 7 });
  });

  test('with the values of a score never sent, to take its place', () => {
    expect(begin(KEY, run(), RULES, 'aida', [kept({})])).toMatchObject({ kind: 'enter', sheet: FULL, version: 7 });
  });

  test('as a correction of a score that may have reached the server', () => {
    expect(begin(KEY, run(), RULES, 'aida', [kept({ tries: 1 })])).toMatchObject({ kind: 'correct', sheet: FULL });
  });

  test('with the values of a refused score, against the version the run has now', () => {
    const refused = kept({ state: 'refused', tries: 1, expectedVersion: 3 });
    expect(begin(KEY, run(), RULES, 'aida', [refused])).toMatchObject({ kind: 'enter', sheet: FULL, version: 7 });
  });

  test("empty where only somebody else's score waits at this tablet", () => {
    const other = kept({ madeBy: { account: 'bek', name: 'Бек', device: 'tablet' } });
    expect(begin(KEY, run(), RULES, 'aida', [other]).sheet).toEqual({});
  });
});

describe('what a sheet comes to', () => {
  test('is its results once it is complete', () => {
    const sum = total(RULES, { ...FULL, time: 60 });
    expect(sum).toMatchObject({ evaluation: { ok: true, results: { points: 55 } }, open: [], soFar: null });
  });

  test('so far counts open fields at their least, and names them', () => {
    const sum = total(RULES, { maze: 0 });
    expect(sum.open).toEqual(['start', 'way', 'time']);
    expect(sum.soFar?.results['points']).toBe(5);
  });

  test('so far reaches into rows', () => {
    const victims = field('victims', 'rows', { fields: [field('points', 'whole')], max_rows: 3 });
    const formula = { cel: 'victims.map(v, v.points).size() > 0 ? 7.0 : 0.0', uses: ['victims'] };
    const points = {
      name: 'points',
      type: 'points',
      label: {},
      unit: null,
      shown: true,
      max: null,
      formula,
    } as const;
    const rules = ruleset([victims], { results: [points], order: ['points'] });
    expect(total(rules, { victims: [{}] })).toMatchObject({
      open: ['victims.0.points'],
      soFar: { results: { points: 7 } },
    });
    expect(total(rules, {}).soFar?.results['points']).toBe(0);
  });

  test('cannot be told so far when a rule is broken', () => {
    const sum = total(RULES, { maze: 40, start: false });
    expect(sum.evaluation.errors.map((error) => error.code)).toContain('no_maze_without_start');
    expect(sum.soFar).toBeNull();
  });
});

describe('confirming', () => {
  function state(draft: Draft, clock: Partial<ReturnType<typeof run>['clock']> = {}, isOffline = false) {
    const heard = { ...run().clock, ...clock };
    return readiness(draft, RULES, total(RULES, completed(draft.sheet, RULES, heard)), heard, isOffline);
  }

  test('needs every field the judge has to set', () => {
    expect(state(fresh({ sheet: { maze: 0, start: true } }))).toEqual({ kind: 'open_fields', ids: ['way'] });
  });

  test('waits for the field while its clock can be heard, and not when it cannot', () => {
    const draft = fresh({ sheet: FULL });
    expect(state(draft).kind).toBe('clock_not_stopped');
    expect(state(draft, {}, true).kind).toBe('time_from_field');
    expect(state(draft, { state: 'stopped', elapsed_us: 41_000_000 }).kind).toBe('ready');
  });

  test('takes a hand time instead', () => {
    expect(state(fresh({ sheet: { ...FULL, time: 50 } })).kind).toBe('ready');
  });

  test('is refused where a rule is broken, or the measured time is past the limit', () => {
    expect(state(fresh({ sheet: { ...FULL, start: false, time: 50 } })).kind).toBe('broken_rules');
    expect(state(fresh({ sheet: FULL }), { state: 'stopped', elapsed_us: 181_000_000 }).kind).toBe('broken_rules');
  });

  test('of a marked run needs no sheet, of a correction a reason', () => {
    expect(mayConfirm(state(withMark(fresh(), 'DNS')))).toBe(true);
    const correction = fresh({ kind: 'correct', mark: 'DSQ', reason: ' a ' });
    expect(state(correction).kind).toBe('reason_needed');
    expect(mayConfirm(state({ ...correction, reason: 'Counted again' }))).toBe(true);
  });
});

describe('commands', () => {
  test('carry the version the judge was looking at, and leave measured fields to the server', () => {
    const draft = withValue(fresh(), ['maze'], 3);
    expect(score(run(), draft)).toEqual({
      type: 'EnterScore',
      target: 'c/demo/run/r1',
      lane: 'c/demo/field/A',
      expectedVersion: 7,
      payload: { sheet: { maze: 3 }, mark: null, note: null, stopwatch: false, captain: null },
      about: { team: 'Тұлпар', attempt: 1 },
    });
    const corrected = score(run(), { ...draft, kind: 'correct', reason: ' Wrong tap ' });
    expect(corrected).toMatchObject({ type: 'CorrectScore', payload: { reason: 'Wrong tap' } });
    expect(corrected.payload).not.toHaveProperty('note');
    expect(openRun(run()).payload).toEqual({});
  });
});

test('a queue shows what was scored here apart, until the server has it', () => {
  const runs = [
    run({ id: 'r1', target: 'c/demo/run/r1' }),
    run({ id: 'r2', target: 'c/demo/run/r2', armed: true }),
  ];
  const before = inTurn(runs, [], 'aida');
  expect([before.onField.map((one) => one.id), before.next?.id]).toEqual([['r2'], 'r2']);
  const after = inTurn(runs, [kept({ target: 'c/demo/run/r2' })], 'aida');
  expect([after.keptHere.map((one) => one.id), after.onField, after.next?.id]).toEqual([['r2'], [], 'r1']);
});

test.each([
  [undefined, 1, 1],
  [undefined, -1, 0],
  [5, 10, 8],
  [0, -1, 0],
  [3, -1, 2],
])('stepping %s by %s gives %s', (value, steps, expected) => {
  expect(stepped({ min: 0, max: 8, step: 1 }, value, steps)).toBe(expected);
});

test('steps of a tenth stay tenths', () => {
  expect(stepped({ min: null, max: null, step: 0.1 }, 0.2, 1)).toBe(0.3);
});
