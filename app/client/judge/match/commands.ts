/** What a judge's taps on a match become: commands for the outbox. */

import type { Match } from '../../feed/matches';
import type { Bout } from '../../rules/head_to_head';
import type { About, Wish } from '../outbox/item';
import { countingNow } from './countdown';
import { outcomeOf, scoredBouts, sidesOf, type MatchDraft } from './draft';
import type { Ruleset } from '../../rules/types';

export function openMatch(match: Match): Wish {
  return { type: 'OpenMatch', expectedVersion: null, payload: {}, ...addressOf(match) };
}

export function closeMatch(match: Match): Wish {
  return { type: 'CloseMatch', expectedVersion: null, payload: {}, ...addressOf(match) };
}

/** Tell the screens how the match stands; nothing is decided by it. */
export function showBouts(match: Match, ruleset: Ruleset, draft: MatchDraft): Wish {
  const { bouts, decision, clock } = draft;
  const started = clock.startedMs === null ? null : new Date(clock.startedMs).toISOString();
  const payload = {
    bouts: scoredBouts(ruleset, sidesOf(match), bouts).map((bout) => ({ ...plain(bout), sheet: null })),
    decision,
    clock: { started_at_utc: started, elapsed_s: Math.round(clock.elapsedS * 1000) / 1000 },
    countdowns: countingNow(draft, outcomeOf(ruleset, sidesOf(match), draft)).map(({ id, side, startedMs }) => ({
      id,
      side,
      started_at_utc: new Date(startedMs).toISOString(),
    })),
  };
  return { type: 'ShowBouts', expectedVersion: null, payload, ...addressOf(match) };
}

export function enterMatch(match: Match, draft: MatchDraft): Wish {
  const { version: expectedVersion, decision } = draft;
  const bouts = draft.bouts.map(plain);
  if (draft.kind === 'correct') {
    const payload = { bouts, decision, reason: draft.reason.trim() };
    return { type: 'CorrectMatch', expectedVersion, payload, ...addressOf(match) };
  }
  const payload = { bouts, decision, note: draft.note.trim() || null, captains: draft.captains ?? {} };
  return { type: 'EnterMatch', expectedVersion, payload, ...addressOf(match) };
}

/** The match goes to one side; with no winner neither came, and both lost it. */
export function giveWalkover(match: Match, winner: string | null, reason: string): Wish {
  const payload = { winner, reason };
  return { type: 'GiveWalkover', expectedVersion: match.version, payload, ...addressOf(match) };
}

/** Whether one of drawn partners is not there: it loses the match, all others play. */
export function setPartnerAbsent(match: Match, entry: string, absent: boolean): Wish {
  return { type: 'SetPartnerAbsent', expectedVersion: null, payload: { entry, absent }, ...addressOf(match) };
}

/** The two exchange their places in the queue. */
export function swapMatches(match: Match, other: string, reason: string): Wish {
  return { type: 'SwapMatches', expectedVersion: null, payload: { other, reason: reason.trim() }, ...addressOf(match) };
}

/** A match of the same two sides that never counts, next on their field. */
export function practiseMatch(match: Match): Wish {
  const { lane, about } = addressOf(match);
  const payload = { entries: match.sides.map((side) => side.id) };
  return { type: 'AddPracticeMatch', target: lane, lane, expectedVersion: null, payload, about };
}

export function sidesText(match: Match): string {
  return match.sides.map((side) => side.team).join(' – ');
}

/** Only what the server knows of a bout, whatever was kept on the tablet. */
function plain(bout: Bout): Bout {
  const { winner, points, warnings, false_starts, timed_out, decision, countdown = null, sheet } = bout;
  return { winner, points, warnings, false_starts, timed_out, decision, countdown, sheet };
}

function addressOf(match: Match): { target: string; lane: string; about: About } {
  const competition = match.target.slice(0, match.target.indexOf('/match/'));
  return {
    target: match.target,
    lane: `${competition}/field/${match.field}`,
    about: { team: sidesText(match), attempt: match.number, isMatch: true },
  };
}
