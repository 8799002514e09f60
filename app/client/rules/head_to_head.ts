/** A match of two sides: who took each bout, and who the match; the same as scoring/head_to_head.py. */

import type { Sheet } from './sheet';
import type { Match as MatchRules } from './types';

type BySide = Readonly<Record<string, number>>;
export type Sides = readonly [string, string];

/** One scored engagement; sides are named by their ids. `decision` is the judge's after a time-out. */
export interface Bout {
  readonly winner: string | null;
  readonly points: BySide;
  readonly warnings: BySide;
  readonly false_starts: BySide;
  readonly timed_out: boolean;
  readonly decision: string | null;
  /** The id of the rules' countdown that ended it. */
  readonly countdown?: string | null;
  /** What was scored, where the rules have fields; its results are the points. */
  readonly sheet: Sheet | null;
}

export type TakenBy =
  | 'bout'
  | 'warnings'
  | 'false_starts'
  | 'countdown'
  | 'restarted'
  | 'replayed'
  | 'drawn'
  | 'decision'
  | 'to_decide'
  | 'open';

/** Who took a bout and by what; null while nobody has. */
export interface Taken {
  readonly winner: string | null;
  readonly by: TakenBy;
}

/** A match as it stands; `score` is in the order of the sides. */
export interface Outcome {
  readonly status: 'open' | 'won' | 'drawn' | 'replay' | 'to_decide';
  readonly winner: string | null;
  readonly score: readonly [number, number];
  readonly bouts: readonly Taken[];
}

export const EMPTY_BOUT: Bout = {
  winner: null,
  points: {},
  warnings: {},
  false_starts: {},
  timed_out: false,
  decision: null,
  countdown: null,
  sheet: null,
};

export function isClosed(outcome: Outcome): boolean {
  return outcome.status === 'won' || outcome.status === 'drawn';
}

/** What the bouts so far make of the match; `decision` is the judge's between level sides. */
export function decide(rules: MatchRules, sides: Sides, bouts: readonly Bout[], decision: string | null = null): Outcome {
  const taken = bouts.map((_, at) => take(rules, sides, bouts.slice(0, at + 1)));
  const scoreOf = (side: string): number =>
    bouts.reduce((sum, bout, at) => sum + pointsOf(rules, bout, taken[at], side), 0);
  const score = [scoreOf(sides[0]), scoreOf(sides[1])] as const;
  const settled = taken.filter((made) => made.winner !== null || made.by === 'drawn').length;
  return { ...settle(rules, sides, score, settled, decision), score, bouts: taken };
}

/** Who took the last of these bouts; warnings and false starts add up over the match. */
function take(rules: MatchRules, sides: Sides, bouts: readonly Bout[]): Taken {
  const faults = [
    ['false_starts', rules.false_starts_to_loss],
    ['warnings', rules.warnings_to_loss],
  ] as const;
  for (const [by, limit] of faults) {
    for (const side of sides) {
      const counts = bouts.map((bout) => bout[by][side] ?? 0);
      if (limit && reaches(limit, counts)) return { winner: other(sides, side), by };
    }
  }
  const bout = bouts.at(-1) ?? EMPTY_BOUT;
  const endedBy = rules.countdowns?.find((one) => one.id === bout.countdown);
  if (bout.winner !== null) return { winner: bout.winner, by: endedBy ? 'countdown' : 'bout' };
  if (endedBy?.then === 'restart') return { winner: null, by: 'restarted' };
  if (bout.timed_out) return timedOut(rules, bout);
  return { winner: null, by: rules.decided_by === 'score' ? 'drawn' : 'open' };
}

/** Whether the last count brings the sum to the next multiple of `limit`. */
function reaches(limit: number, counts: readonly number[]): boolean {
  const sum = counts.reduce((total, count) => total + count, 0);
  return Math.floor(sum / limit) > Math.floor((sum - (counts.at(-1) ?? 0)) / limit);
}

function timedOut(rules: MatchRules, bout: Bout): Taken {
  if (rules.on_time_out === 'replay') return { winner: null, by: 'replayed' };
  if (rules.on_time_out === 'draw') return { winner: null, by: 'drawn' };
  return { winner: bout.decision, by: bout.decision ? 'decision' : 'to_decide' };
}

/** What a bout adds to a side: one for a bout won, or the points it collected. */
function pointsOf(rules: MatchRules, bout: Bout, taken: Taken | undefined, side: string): number {
  const won = Number(taken?.winner === side);
  if (rules.decided_by === 'bouts') return won;
  if (rules.decided_by === 'score' || Object.keys(bout.points).length > 0) {
    const byRule = taken?.by === 'false_starts' || taken?.by === 'warnings';
    return (bout.points[side] ?? 0) + (byRule ? won : 0);
  }
  return won;
}

function settle(
  rules: MatchRules,
  sides: Sides,
  [left, right]: readonly [number, number],
  settled: number,
  decision: string | null,
): Pick<Outcome, 'status' | 'winner'> {
  const ahead = left > right ? sides[0] : right > left ? sides[1] : null;
  const isOver = settled >= rules.bouts;
  const isDecided = rules.decided_by !== 'score' && Math.max(left, right) >= needed(rules);
  if (ahead !== null && (isOver || isDecided)) return { status: 'won', winner: ahead };
  if (!isOver) return { status: 'open', winner: null };
  if (rules.draws === 'allowed') return { status: 'drawn', winner: null };
  if (rules.draws === 'replayed') return { status: 'replay', winner: null };
  return decision ? { status: 'won', winner: decision } : { status: 'to_decide', winner: null };
}

/** The bouts or points that win the match. */
export function needed(rules: MatchRules): number {
  return rules.target ?? Math.floor(rules.bouts / 2) + 1;
}

export function other(sides: Sides, side: string): string {
  return side === sides[0] ? sides[1] : sides[0];
}
