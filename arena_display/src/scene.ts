/** What a field's screen shows at a moment: the run, its result for a while, then the standings and who is next in turn. */

import type { FieldData } from '../../app/client/feed/shapes';

export type Scene = 'empty' | 'coming' | 'coming_match' | 'run' | 'match' | 'result' | 'match_result' | 'standings';

/** What was decided last on the field: a run, or a match. */
export interface Last {
  readonly id: string;
  readonly result: { readonly at_utc: string } | null;
}

/** Whose turn it is while nobody runs. */
export type Turn = 'result' | 'standings' | 'coming';

export const RESULT_FOR_MS = 8_000;
export const COMING_FOR_MS = 10_000;

/** What there is to show of the turn; `stays` keeps to the field, without its division's standings. */
export function sceneOf(data: FieldData, turn: Turn, stays: boolean): Scene {
  if (data.run) return 'run';
  if (data.match) return 'match';
  const last = lastOf(data);
  const result = last !== null && last.id === data.last_match?.id ? 'match_result' : 'result';
  if (last && turn === 'result') return result;
  const hasStandings = last !== null && data.division !== null && !stays;
  if (hasStandings && turn === 'standings') return 'standings';
  if (data.next_matches?.length && isOfMatches(data)) return 'coming_match';
  if (data.next.length > 0) return 'coming';
  if (data.next_matches?.length) return 'coming_match';
  if (hasStandings) return 'standings';
  return last ? result : 'empty';
}

/** Whether the field is with a division of matches just now. */
export function isOfMatches(data: FieldData): boolean {
  const matches = [data.match, data.last_match, ...(data.next_matches ?? [])];
  return matches.some((match) => match?.division === data.division?.code);
}

/** What was decided last on the field; the newer of a run and a match. */
export function lastOf(data: FieldData): Last | null {
  const match = data.last_match;
  if (!match?.at_utc) return data.last;
  const decided = { id: match.id, result: { at_utc: match.at_utc } };
  if (!data.last?.result) return decided;
  return Date.parse(match.at_utc) >= Date.parse(data.last.result.at_utc) ? decided : data.last;
}

/** Says that a result is another one: another run's, or the same run's after it was changed. */
export function resultKey(last: Last | null): string {
  return last?.result ? `${last.id}/${last.result.at_utc}` : '';
}

/** Where the turns begin for a result: with it if it is fresh, else with the standings. */
export function firstTurn(last: Last | null, nowMs: number): Turn {
  return leftOfResultMs(last, nowMs) > 0 ? 'result' : 'standings';
}

/** How long a result stays up from now on. A clock that is off shows it for its whole time rather than not at all. */
export function leftOfResultMs(last: Last | null, nowMs: number): number {
  if (!last?.result) return 0;
  const ageMs = nowMs - Date.parse(last.result.at_utc);
  return ageMs < 0 ? RESULT_FOR_MS : RESULT_FOR_MS - ageMs;
}

/** Standings and who is next take turns until something happens on the field. */
export function turnAfter(turn: Turn): Turn {
  return turn === 'standings' ? 'coming' : 'standings';
}
