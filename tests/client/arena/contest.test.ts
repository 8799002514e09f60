/** Matches on screens: which picture a field shows, and how brackets are cut into pages. */

import { describe, expect, it } from 'vitest';
import type { BracketSlot, Match } from '../../../app/client/feed/matches';
import type { Entry, FieldData } from '../../../app/client/feed/shapes';
import { bracketPages, MOST_SLOTS } from '../../../arena_display/src/bracket_pages';
import { lastOf, sceneOf } from '../../../arena_display/src/scene';
import { sideText } from '../../../arena_display/src/widgets/match_words';

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

describe('pages of a bracket', () => {
  it.each([1, 2])('hold every slot of a long one once, few enough to be read (%s beside each other)', (columns) => {
    const rounds = [16, 8, 4, 2].flatMap((count, at) => slots(count, 'upper', at + 1));
    const bracket = [...rounds, ...slots(1, 'bronze', 5), ...slots(1, 'final', 5), ...slots(3, 'lower', 1)];
    const pages = bracketPages(bracket, columns);
    const all = pages.flat();
    const named = (list: readonly BracketSlot[]) => list.map((slot) => slot.slot).sort();
    expect(named(all.flat())).toEqual(named(bracket));
    expect(Math.max(...all.map((column) => column.length))).toBeLessThanOrEqual(MOST_SLOTS);
    expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(columns);
    const final = all.find((column) => column.some((slot) => slot.part === 'final'));
    expect(final?.map((slot) => slot.part)).toEqual(['final', 'bronze']);
  });
});

describe('a side of a bracket', () => {
  const from = { kind: 'winner', of: 'U1.1' } as const;

  it('is an entry, or an alliance by its number and the first who plays for it', () => {
    const alliance = { number: 2, members: [entry('b'), entry('c')] };
    expect(sideText({ entry: entry('a'), from, wins: 0 })).toBe('a');
    expect(sideText({ entry: { ...entry('b'), team: 'b · c', alliance }, from, wins: 0 })).toBe('2-альянс · b');
    expect(sideText({ entry: null, from, wins: 0 })).toBe('U1.1 жеңімпазы');
  });
});
