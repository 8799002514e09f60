/** Countdowns of a bout: begun by the referee, over after the rules' seconds, and what they then lead to. */

import { other, type Bout, type Outcome, type Sides } from '../../rules/head_to_head';
import type { Countdown, Ruleset } from '../../rules/types';
import { inBout, outcomeOf, withClockOf, withFault, type MatchDraft } from './draft';
import { boutNumber } from './words';

/** One that was begun: against a side, or against both (null), in the bout of that number. */
export interface Counting {
  readonly id: string;
  readonly side: string | null;
  readonly startedMs: number;
  readonly bout: number;
}

/** Those that still run, or have run out: none of a bout that is over. */
export function countingNow(draft: MatchDraft, outcome: Outcome): readonly Counting[] {
  return (draft.countdowns ?? []).filter((one) => one.bout === boutNumber(outcome));
}

export function countingOf(draft: MatchDraft, outcome: Outcome, id: string, side: string | null): Counting | undefined {
  return countingNow(draft, outcome).find((one) => isOf(one, id, side));
}

export function leftS(rule: Countdown, counting: Counting, nowMs: number): number {
  return Math.max(0, rule.seconds - (nowMs - counting.startedMs) / 1000);
}

export function withCounting(
  draft: MatchDraft,
  outcome: Outcome,
  id: string,
  side: string | null,
  nowMs: number,
): MatchDraft {
  const begun = { id, side, startedMs: nowMs, bout: boutNumber(outcome) };
  return { ...draft, countdowns: [...withoutCounting(draft, outcome, id, side).countdowns, begun] };
}

/** The draft with this countdown stopped, and without those of bouts that are over. */
export function withoutCounting(
  draft: MatchDraft,
  outcome: Outcome,
  id: string,
  side: string | null,
): MatchDraft & { readonly countdowns: readonly Counting[] } {
  return { ...draft, countdowns: countingNow(draft, outcome).filter((one) => !isOf(one, id, side)) };
}

/** The draft with what the rules have a countdown lead to. */
export function followed(
  draft: MatchDraft,
  ruleset: Ruleset,
  sides: Sides,
  rule: Countdown,
  side: string | null,
  nowMs: number,
): MatchDraft {
  const outcome = outcomeOf(ruleset, sides, draft);
  const stopped = withoutCounting(draft, outcome, rule.id, side);
  const next = inBout(stopped, outcome, consequence(rule, sides, side));
  return next === stopped ? draft : withClockOf(next, outcomeOf(ruleset, sides, next), nowMs);
}

function consequence(rule: Countdown, sides: Sides, side: string | null): (bout: Bout) => Bout {
  const ended = { countdown: rule.id };
  switch (rule.then) {
    case 'lost':
      return (bout) => ({ ...bout, ...ended, winner: side === null ? null : other(sides, side) });
    case 'won':
      return (bout) => ({ ...bout, ...ended, winner: side });
    case 'warning':
      return side === null ? (bout) => bout : withFault('warnings', side);
    case 'restart':
      return (bout) => ({ ...bout, ...ended });
    case 'time_out':
      return (bout) => ({ ...bout, ...ended, timed_out: true });
  }
}

function isOf(one: Counting, id: string, side: string | null): boolean {
  return one.id === id && one.side === side;
}
