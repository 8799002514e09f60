/** What a field's screen shows at a moment: the run, its result for a while, then the standings and who is next in turn. */

import type { FieldData, Run } from '../../app/client/feed/shapes';

export type Scene = 'empty' | 'coming' | 'run' | 'result' | 'standings';

/** Whose turn it is while nobody runs. */
export type Turn = 'result' | 'standings' | 'coming';

export const RESULT_FOR_MS = 8_000;
export const COMING_FOR_MS = 10_000;

/** What there is to show of the turn; `stays` keeps to the field, without its division's standings. */
export function sceneOf(data: FieldData, turn: Turn, stays: boolean): Scene {
  if (data.run) return 'run';
  if (data.last && turn === 'result') return 'result';
  const hasStandings = data.last !== null && data.division !== null && !stays;
  if (hasStandings && turn === 'standings') return 'standings';
  if (data.next.length > 0) return 'coming';
  if (hasStandings) return 'standings';
  return data.last ? 'result' : 'empty';
}

/** Says that a result is another one: another run's, or the same run's after it was changed. */
export function resultKey(last: Run | null): string {
  return last?.result ? `${last.id}/${last.result.at_utc}` : '';
}

/** Where the turns begin for a result: with it if it is fresh, else with the standings. */
export function firstTurn(last: Run | null, nowMs: number): Turn {
  return leftOfResultMs(last, nowMs) > 0 ? 'result' : 'standings';
}

/** How long a result stays up from now on. A clock that is off shows it for its whole time rather than not at all. */
export function leftOfResultMs(last: Run | null, nowMs: number): number {
  if (!last?.result) return 0;
  const ageMs = nowMs - Date.parse(last.result.at_utc);
  return ageMs < 0 ? RESULT_FOR_MS : RESULT_FOR_MS - ageMs;
}

/** Standings and who is next take turns until something happens on the field. */
export function turnAfter(turn: Turn): Turn {
  return turn === 'standings' ? 'coming' : 'standings';
}
