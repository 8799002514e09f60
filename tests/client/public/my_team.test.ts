/** A spectator's team: where it stands, and how many run before it. */

import { describe, expect, it } from 'vitest';
import { nextRunOf, standingOf } from '../../../app/client/public/my_team';
import type { Entry, FieldSchedule, Run, ScheduleData, StandingsData } from '../../../app/client/feed/shapes';

const NAMES = { kk: 'Сызық', ru: 'Линия', en: 'Line' };
const DIVISION = { code: 'line', name: NAMES, discipline: 'line-race' };

function entry(id: string, team = id): Entry {
  return { id, number: 1, team, organisation: 'Мектеп', region: null, region_code: null };
}

function run(of: string): Run {
  const clock = { state: 'ready', started_at_utc: null, stopped_at_utc: null, elapsed_us: null, uncertainty_us: null, limit_s: null, simulated: false } as const;
  const place = { division: 'line', field: 'A', attempt: 1, attempts: 3, position: 1, status: 'START_LIST', version: 1, armed: false } as const;
  return { id: `run-${of}`, target: '', ...place, entry: entry(of), clock, result: null, rank: null, sealed: false, called_at_utc: null };
}

function field(name: string, now: string | null, next: readonly string[]): FieldSchedule {
  return { code: name, name, now: now === null ? null : run(now), next: next.map(run), done: 0, left: next.length, delay_min: 0 };
}

function schedule(...fields: readonly FieldSchedule[]): ScheduleData {
  return { competition: { slug: 'demo', name: NAMES, demo: true }, fields, divisions: [DIVISION] };
}

function standings(...entries: readonly Entry[]): StandingsData {
  const rows = entries.map((one, index) => {
    return { rank: index + 1, entry: one, mark: null, values: {}, attempts: [], decided_by: null, reason: {}, moved: 0 };
  });
  return { division: DIVISION, columns: [], rows, unconfirmed: 0, published: false, frozen_at_utc: null };
}

describe('the next run', () => {
  it.each([
    ['on the field', 'x', 0],
    ['behind the one on the field', 'y', 1],
    ['further down', 'z', 2],
  ])('is %s', (_where, team, before) => {
    expect(nextRunOf(team, schedule(field('A', 'x', ['y', 'z'])))).toMatchObject({ field: 'A', before });
  });

  it('is counted from the next where nobody runs', () => {
    expect(nextRunOf('z', schedule(field('A', null, ['y', 'z'])))?.before).toBe(1);
  });

  it('is that of the alliance a team plays for', () => {
    const queue = field('A', null, ['w', 'captain']);
    const allied = queue.next.map((one) =>
      one.entry.id === 'captain' ? { ...one, entry: { ...one.entry, alliance: { number: 1, members: [entry('captain'), entry('z')] } } } : one,
    );
    expect(nextRunOf('z', schedule({ ...queue, next: allied }))).toMatchObject({ field: 'A', before: 1 });
  });

  it('is the nearest of several fields', () => {
    const both = schedule(field('A', 'x', ['y', 'z']), field('B', null, ['z']));
    expect(nextRunOf('z', both)).toMatchObject({ field: 'B', before: 0 });
  });

  it('is not known where it is not among the next few', () => {
    expect(nextRunOf('w', schedule(field('A', 'x', ['y'])))).toBeNull();
  });
});

it('finds a team in whichever division it is in', () => {
  const both = [standings(entry('a')), standings(entry('b'), entry('c'))];
  expect(standingOf('c', both)?.row.rank).toBe(2);
  expect(standingOf('q', both)).toBeNull();
});
