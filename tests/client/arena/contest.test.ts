/** Matches on screens: which picture a field shows, and how groups and brackets are cut into pages. */

import { describe, expect, it } from 'vitest';
import type { BracketSlot, ContestData, Match, Phase } from '../../../app/client/feed/matches';
import type { Entry, FieldData } from '../../../app/client/feed/shapes';
import { MOST_SLOTS, pagesOf } from '../../../arena_display/src/bracket_pages';
import { lastOf, sceneOf } from '../../../arena_display/src/scene';

const NAMES = { kk: 'Сумо', ru: 'Сумо', en: 'Sumo' };
const DIVISION = { code: 'sumo', name: NAMES, discipline: 'sumo-mini' };

function entry(id: string): Entry {
  return { id, number: 1, team: id, organisation: '', region: null, region_code: null };
}

function match(parts: Partial<Match>): Match {
  return { id: 'm1', division: 'sumo', sides: [entry('a'), entry('b')], at_utc: null, ...parts } as Match;
}

function field(parts: Partial<FieldData>): FieldData {
  const competition = { slug: 'demo', name: NAMES, demo: true };
  return { competition, field: { code: 'A', name: 'A' }, run: null, last: null, next: [], division: DIVISION, ...parts };
}

describe('a field with matches', () => {
  it('shows the match on it, then its verdict, then the contest and who meets next', () => {
    const on = match({ armed: true });
    const decided = match({ id: 'm0', at_utc: '2026-05-01T10:00:00Z' });
    const all = { last_match: decided, next_matches: [match({ id: 'm2' })] };
    expect(sceneOf(field({ ...all, match: on }), 'result', false)).toBe('match');
    expect(sceneOf(field(all), 'result', false)).toBe('match_result');
    expect(sceneOf(field(all), 'standings', false)).toBe('standings');
    expect(sceneOf(field(all), 'coming', false)).toBe('coming_match');
    expect(sceneOf(field({ last_match: decided }), 'coming', true)).toBe('match_result');
    expect(sceneOf(field({}), 'coming', false)).toBe('empty');
    expect(lastOf(field(all))?.id).toBe('m0');
  });
});

function slots(count: number, part: BracketSlot['part'], round: number): BracketSlot[] {
  const side = { entry: null, from: { kind: 'seed', of: 1 }, wins: 0 } as const;
  return Array.from({ length: count }, (_, at) => ({
    slot: `${part}${round}.${at}`,
    part,
    round,
    best_of: 1,
    status: 'ready',
    winner: null,
    sides: [side, side],
  }));
}

function contest(...phases: Partial<Phase>[]): ContestData {
  return { division: DIVISION, phases: phases.map((phase) => ({ label: NAMES, tables: [], bracket: null, ...phase })) } as unknown as ContestData;
}

describe('pages of a contest', () => {
  it('hold every slot of a long bracket once, few enough to be read', () => {
    const rounds = [16, 8, 4, 2].flatMap((count, at) => slots(count, 'upper', at + 1));
    const bracket = [...rounds, ...slots(1, 'bronze', 5), ...slots(1, 'final', 5), ...slots(3, 'lower', 1)];
    const pages = pagesOf(contest({ tables: [[]] }, { bracket }));
    const columns = pages.flatMap((page) => (page.kind === 'bracket' ? page.columns : []));
    expect(columns.flat().map((slot) => slot.slot).sort()).toEqual(bracket.map((slot) => slot.slot).sort());
    expect(Math.max(...columns.map((column) => column.length))).toBeLessThanOrEqual(MOST_SLOTS);
    const final = columns.find((column) => column.some((slot) => slot.part === 'final'));
    expect(final?.map((slot) => slot.part)).toEqual(['final', 'bronze']);
  });

  it('hold every entry of every group before the bracket begins', () => {
    const row = (id: string) => ({ rank: 1, entry: entry(id), values: {} });
    const tables = [12, 5, 3].map((count, group) => Array.from({ length: count }, (_, at) => row(`${group} ${at}`)));
    const pages = pagesOf(contest({ tables }));
    const rows = pages.flatMap((page) => (page.kind === 'groups' ? page.groups.flatMap((group) => group.rows) : []));
    expect(rows).toHaveLength(20);
  });
});
