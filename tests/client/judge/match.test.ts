/** The head-to-head sheet: bouts, faults that lose one, time-outs, taking back, the clock, and what goes on the wire. */

import { describe, expect, test } from 'vitest';

import type { Match } from '../../../app/client/feed/matches';
import { enterMatch, showBouts } from '../../../app/client/judge/match/commands';
import {
  elapsedS,
  faultsOf,
  inBout,
  newMatchDraft,
  outcomeOf,
  sidesOf,
  started,
  stopped,
  timedOut,
  undone,
  withClockOf,
  withDecision,
  withFault,
  withoutLastBout,
  withWinner,
  type MatchDraft,
} from '../../../app/client/judge/match/draft';
import type { Bout } from '../../../app/client/rules/head_to_head';
import type { Match as MatchRules, Ruleset } from '../../../app/client/rules/types';
import { ruleset, run } from './rulesets';

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

function match(more: Partial<Match> = {}): Match {
  const { entry } = run();
  const base = {
    id: 'm1',
    target: 'c/demo/match/m1',
    field: 'A',
    number: 4,
    version: 7,
    bouts: [],
    decision: null,
    is_over: false,
    sides: [
      { ...entry, id: 'a', team: 'Барыс' },
      { ...entry, id: 'b', team: 'Тұлпар' },
    ],
  };
  return { ...base, ...more } as Match;
}

function tap(draft: MatchDraft, change: (bout: Bout) => Bout): MatchDraft {
  return inBout(draft, outcome(draft), change);
}

function outcome(draft: MatchDraft) {
  return outcomeOf(SUMO, sidesOf(match()), draft);
}

const fresh = newMatchDraft('judge|c/demo/match/m1', match(), SUMO);

describe('a match on the tablet', () => {
  test('closes itself, and takes no more bouts then', () => {
    const won = tap(tap(fresh, withWinner('a')), withWinner('a'));
    expect(outcome(won)).toMatchObject({ status: 'won', winner: 'a', score: [2, 0] });
    expect(tap(won, withWinner('b'))).toBe(won);
  });

  test('keeps a fault with the bout under way until the second loses it', () => {
    const warned = tap(fresh, withFault('warnings', 'b'));
    expect(warned.bouts).toHaveLength(1);
    const taken = tap(warned, withWinner('b'));
    expect(outcome(taken).score).toEqual([0, 1]);
    const twice = tap(taken, withFault('warnings', 'b'));
    expect(faultsOf(twice, 'warnings', 'b')).toBe(2);
    expect(outcome(twice).bouts).toEqual([
      { winner: 'b', by: 'bout' },
      { winner: 'a', by: 'warnings' },
    ]);
  });

  test('asks for a decision after a time-out, and only then goes on', () => {
    const out = tap(fresh, timedOut);
    expect(outcome(out).bouts.at(-1)?.by).toBe('to_decide');
    const decided = withDecision(out, outcome(out), 'b');
    expect(outcome(decided)).toMatchObject({ status: 'open', score: [0, 1] });
  });

  test('takes back the last ten taps, or the last bout of one confirmed before', () => {
    let draft = fresh;
    for (let at = 0; at < 12; at++) draft = inBout(draft, outcome(fresh), withFault('warnings', 'a'));
    for (let at = 0; at < 20; at++) draft = undone(draft);
    expect(draft.bouts).toHaveLength(2);
    const confirmed = newMatchDraft('k', match({ is_over: true, bouts: tap(fresh, withWinner('a')).bouts }), SUMO);
    expect(confirmed.kind).toBe('correct');
    expect(withoutLastBout(confirmed).bouts).toEqual([]);
  });

  test('keeps its clock on server time, and begins each bout from zero', () => {
    const running = started(fresh.clock, 10_000);
    expect(elapsedS(running, 12_500)).toBe(2.5);
    expect(elapsedS(started(stopped(running, 12_500), 20_000), 21_000)).toBe(3.5);
    const warned = tap({ ...fresh, clock: running }, withFault('warnings', 'b'));
    expect(withClockOf(warned, outcome(warned), 12_500).clock.startedMs).toBe(10_000);
    const taken = tap(warned, withWinner('a'));
    const after = withClockOf(taken, outcome(taken), 12_500).clock;
    expect([after.startedMs, elapsedS(after, 99_000)]).toEqual([null, 2.5]);
    expect(elapsedS(started(after, 20_000), 20_100)).toBeCloseTo(0.1);
  });

  test('goes on the wire with its version, a picture without', () => {
    const won = tap(tap(fresh, withWinner('a')), withWinner('a'));
    const entered = enterMatch(match(), won);
    expect([entered.type, entered.expectedVersion, entered.lane]).toEqual(['EnterMatch', 7, 'c/demo/field/A']);
    expect(entered.payload).toMatchObject({ decision: null, note: null });
    const shown = showBouts(match(), SUMO, { ...won, clock: { startedMs: 0, elapsedS: 0 } });
    expect([shown.expectedVersion, shown.payload['clock']]).toEqual([
      null,
      { started_at_utc: '1970-01-01T00:00:00.000Z', elapsed_s: 0 },
    ]);
    const corrected = enterMatch(match(), { ...won, kind: 'correct', reason: ' misread ' });
    expect(corrected.payload['reason']).toBe('misread');
  });
});
