/** Two results of one match: where they differ, and what becomes of them when they are put together. */

import { describe, expect, test } from 'vitest';

import {
  mergedMatch,
  obstacleOf,
  partsOf,
  theirsOf,
  type Decided,
} from '../../../app/client/judge/match/difference';
import { EMPTY_BOUT, type Bout } from '../../../app/client/rules/head_to_head';
import type { Match as MatchRules, Ruleset } from '../../../app/client/rules/types';
import { field, ruleset } from './rulesets';

const RULES: MatchRules = {
  bouts: 3,
  bout_limit_s: 180,
  break_s: null,
  decided_by: 'bouts',
  target: 2,
  warnings_to_loss: 2,
  false_starts_to_loss: 2,
  on_time_out: 'judge',
  draws: 'decided',
  score_difference_cap: null,
};
const SUMO: Ruleset = { ...ruleset([]), kind: 'head_to_head', match: RULES };
const FOOTBALL: Ruleset = {
  ...ruleset([field('left', 'whole'), field('right', 'whole')]),
  kind: 'head_to_head',
  match: { ...RULES, decided_by: 'score', bouts: 1 },
};
const SIDES = ['a', 'b'] as const;

function won(winner: string, more: Partial<Bout> = {}): Bout {
  return { ...EMPTY_BOUT, winner, ...more };
}

function decided(bouts: readonly Bout[], more: Partial<Decided> = {}): Decided {
  return { bouts, decision: null, walkover: null, ...more };
}

const ids = (rules: Ruleset, mine: Decided, theirs: Decided): string[] => partsOf(rules, mine, theirs).map((part) => part.id);

describe('bout by bout', () => {
  const mine = decided([won('a'), won('b'), won('a')]);
  const theirs = decided([won('a', { warnings: { b: 0 } }), won('a')]);

  test('only what differs is asked for; a count of nothing is no difference', () => {
    expect(ids(SUMO, mine, theirs)).toEqual(['bout-1', 'bout-2']);
    expect(ids(SUMO, mine, mine)).toEqual([]);
  });

  test('theirs holds where nobody chose, and each bout comes from the side chosen for it', () => {
    const parts = partsOf(SUMO, mine, theirs);
    expect(mergedMatch(parts, mine, theirs, {}).bouts).toEqual(theirs.bouts);
    const all = { 'bout-1': 'mine', 'bout-2': 'mine' } as const;
    expect(mergedMatch(parts, mine, theirs, all).bouts.map((bout) => bout.winner)).toEqual(['a', 'b', 'a']);
  });

  test.each([
    [{ 'bout-1': 'mine', 'bout-2': 'mine' }, null],
    [{ 'bout-1': 'mine' }, 'undecided'],
    [{ 'bout-2': 'mine' }, 'too_many'],
  ] as const)('what the rules do not know is not sent: %o', (chosen, obstacle) => {
    const parts = partsOf(SUMO, mine, theirs);
    expect(obstacleOf(SUMO, SIDES, mergedMatch(parts, mine, theirs, chosen))).toBe(obstacle);
  });

  test('the decision between level sides is a difference of its own', () => {
    const [a, b] = [decided([], { decision: 'a' }), decided([], { decision: 'b' })];
    const parts = partsOf(SUMO, a, b);
    expect(parts.map((part) => part.id)).toEqual(['decision']);
    expect(mergedMatch(parts, a, b, { decision: 'mine' }).decision).toBe('a');
  });
});

describe('field by field, where a bout is a sheet', () => {
  const game = (left: number | undefined, right: number, more: Partial<Bout> = {}): Bout => ({
    ...EMPTY_BOUT,
    sheet: left === undefined ? { right } : { left, right },
    points: { a: left ?? 0, b: right },
    ...more,
  });
  const mine = decided([game(3, 1, { warnings: { a: 1 } })]);
  const theirs = decided([game(2, 2)]);

  test('each field is chosen by itself, and what is not on the sheet together', () => {
    expect(ids(FOOTBALL, mine, theirs)).toEqual(['bout-0-left', 'bout-0-right', 'bout-0-rest']);
    const parts = partsOf(FOOTBALL, mine, theirs);
    const [bout] = mergedMatch(parts, mine, theirs, { 'bout-0-left': 'mine' }).bouts;
    expect(bout).toEqual({ ...EMPTY_BOUT, sheet: { left: 3, right: 2 } });
    const [warned] = mergedMatch(parts, mine, theirs, { 'bout-0-rest': 'mine' }).bouts;
    expect([warned?.warnings, warned?.sheet]).toEqual([{ a: 1 }, { left: 2, right: 2 }]);
  });

  test('a field that is unset on the side chosen for it is in the way', () => {
    const blank = decided([game(undefined, 2)]);
    const parts = partsOf(FOOTBALL, blank, theirs);
    const merged = mergedMatch(parts, blank, theirs, { 'bout-0-left': 'mine' });
    expect(obstacleOf(FOOTBALL, SIDES, merged)).toBe('unfilled');
  });
});

describe('a walkover', () => {
  const walkover = decided([], { walkover: { winner: 'b' } });
  const fought = decided([won('a'), won('a')]);

  test('is taken or left whole', () => {
    const parts = partsOf(SUMO, fought, walkover);
    expect(parts).toEqual([{ kind: 'all', id: 'all' }]);
    expect(mergedMatch(parts, fought, walkover, {})).toBe(walkover);
    expect(mergedMatch(parts, fought, walkover, { all: 'mine' })).toBe(fought);
    expect(obstacleOf(SUMO, SIDES, walkover)).toBeNull();
    expect(partsOf(SUMO, walkover, walkover)).toEqual([]);
    const neither = decided([], { walkover: { winner: null } });
    expect(partsOf(SUMO, walkover, neither)).toHaveLength(1);
  });

  test('what somebody else decided last is what is compared; a replay decides nothing', () => {
    const change = (data: Record<string, unknown>) => ({ type: '', by: '', at_utc: '', version: 1, data });
    const bouts = [won('a')];
    expect(theirsOf([change({ bouts, decision: null }), change({ replay: 'm2' })])).toEqual(decided(bouts));
    expect(theirsOf([change({ bouts }), change({ winner: 'b' })])).toEqual(walkover);
    expect(theirsOf([change({ replay: 'm2' })])).toBeNull();
  });
});
