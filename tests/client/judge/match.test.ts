/** The head-to-head sheet: bouts, faults that lose one, time-outs, taking back, the clock, and what goes on the wire. */

import { describe, expect, test } from 'vitest';

import type { Match } from '../../../app/client/feed/matches';
import { enterMatch, giveWalkover, practiseMatch, showBouts, swapMatches } from '../../../app/client/judge/match/commands';
import {
  countingNow,
  countingOf,
  followed,
  leftS,
  withCounting,
  withoutCounting,
} from '../../../app/client/judge/match/countdown';
import {
  elapsedS,
  faultsOf,
  inBout,
  newMatchDraft,
  outcomeOf,
  sidesOf,
  started,
  stopped,
  isRefusalUnsaid,
  timedOut,
  undone,
  withClockOf,
  withDecision,
  withFault,
  withSideCaptain,
  withoutLastBout,
  withWinner,
  type MatchDraft,
} from '../../../app/client/judge/match/draft';
import type { Bout } from '../../../app/client/rules/head_to_head';
import type { Countdown, Match as MatchRules, Ruleset } from '../../../app/client/rules/types';
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
  countdowns: [
    { id: 'still', label: { en: 'Not moving' }, seconds: 5, of: 'side', then: 'lost' },
    { id: 'pin', label: { en: 'Pinned' }, seconds: 10, of: 'side', then: 'warning' },
    { id: 'no_progress', label: { en: 'No progress' }, seconds: 5, of: 'both', then: 'restart' },
  ],
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

function rule(id: string): Countdown {
  const found = RULES.countdowns?.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
}

function count(draft: MatchDraft, id: string, side: string | null, nowMs: number): MatchDraft {
  return withCounting(draft, outcome(draft), id, side, nowMs);
}

describe('countdowns of a bout', () => {
  const begun = { ...fresh, clock: started(fresh.clock, 0) };

  test('run on the clock they were begun by, and stop where they are', () => {
    const counting = count(begun, 'still', 'a', 1000);
    const one = countingOf(counting, outcome(counting), 'still', 'a');
    expect(one && leftS(rule('still'), one, 4000)).toBe(2);
    expect(one && leftS(rule('still'), one, 9000)).toBe(0);
    expect(countingOf(counting, outcome(counting), 'still', 'b')).toBeUndefined();
    const stopped = withoutCounting(counting, outcome(counting), 'still', 'a');
    expect(countingNow(stopped, outcome(stopped))).toEqual([]);
    expect(stopped.bouts).toEqual([]);
  });

  test('give the bout to the other side, and stop the clock', () => {
    const counting = count(begun, 'still', 'a', 1000);
    const done = followed(counting, SUMO, sidesOf(match()), rule('still'), 'a', 6000);
    expect(outcome(done).bouts).toEqual([{ winner: 'b', by: 'countdown' }]);
    expect(done.clock).toMatchObject({ startedMs: null, elapsedS: 6, isDone: true });
    expect(undone(done).bouts).toEqual([]);
  });

  test('have a bout fought again without counting it', () => {
    const both = count(count(begun, 'no_progress', null, 0), 'still', 'a', 0);
    const done = followed(both, SUMO, sidesOf(match()), rule('no_progress'), null, 5000);
    expect(outcome(done)).toMatchObject({ status: 'open', score: [0, 0], bouts: [{ winner: null, by: 'restarted' }] });
    expect(countingNow(done, outcome(done))).toEqual([]);
  });

  test('warn a side and go on with the same bout', () => {
    const done = followed(count(begun, 'pin', 'b', 0), SUMO, sidesOf(match()), rule('pin'), 'b', 10_000);
    expect(faultsOf(done, 'warnings', 'b')).toBe(1);
    expect(done.clock.startedMs).toBe(0);
  });

  test('are of one bout: they end with it, and are shown while they run', () => {
    const counting = count(begun, 'still', 'a', 1000);
    expect(showBouts(match(), SUMO, counting).payload['countdowns']).toEqual([
      { id: 'still', side: 'a', started_at_utc: '1970-01-01T00:00:01.000Z' },
    ]);
    const won = tap(counting, withWinner('a'));
    expect(showBouts(match(), SUMO, won).payload['countdowns']).toEqual([]);
  });
});

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

  test('is signed by either captain as it stands, and by none once it changes', () => {
    const won = tap(tap(fresh, withWinner('a')), withWinner('a'));
    const refused = withSideCaptain(won, 'b', { outcome: 'refused', comment: ' ' });
    expect(isRefusalUnsaid(refused)).toBe(true);
    const signed = withSideCaptain(
      withSideCaptain(refused, 'b', { outcome: 'refused', comment: 'pushed after the gong' }),
      'a',
      { outcome: 'signed', strokes: [[1, 2, 3, 4]] },
    );
    expect(isRefusalUnsaid(signed)).toBe(false);
    expect(enterMatch(match(), signed).payload['captains']).toEqual(signed.captains);
    expect(Object.keys(signed.captains ?? {}).sort()).toEqual(['a', 'b']);
    expect(withSideCaptain(signed, 'b', undefined).captains).not.toHaveProperty('b');
    for (const changed of [undone(signed), withoutLastBout(signed)]) expect(changed.captains).toEqual({});
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

describe('what can be asked of a match that waits', () => {
  test('it is exchanged, practised before, or lost by both', () => {
    expect(swapMatches(match(), 'm2', ' late ')).toMatchObject({
      type: 'SwapMatches',
      target: 'c/demo/match/m1',
      payload: { other: 'm2', reason: 'late' },
    });
    expect(practiseMatch(match())).toMatchObject({
      type: 'AddPracticeMatch',
      target: 'c/demo/field/A',
      payload: { entries: ['a', 'b'] },
    });
    expect(giveWalkover(match(), null, 'nobody came').payload).toEqual({ winner: null, reason: 'nobody came' });
  });
});
