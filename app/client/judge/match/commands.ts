/** What a judge's taps on a match become: commands for the outbox. */

import type { Match } from '../../feed/matches';
import type { Bout } from '../../rules/head_to_head';
import type { About, Wish } from '../outbox/item';
import { scoredBouts, sidesOf, type MatchDraft } from './draft';
import type { Ruleset } from '../../rules/types';

export function openMatch(match: Match): Wish {
  return { type: 'OpenMatch', expectedVersion: null, payload: {}, ...addressOf(match) };
}

export function closeMatch(match: Match): Wish {
  return { type: 'CloseMatch', expectedVersion: null, payload: {}, ...addressOf(match) };
}

/** Tell the screens how the match stands; nothing is decided by it. */
export function showBouts(match: Match, ruleset: Ruleset, { bouts, decision, clock }: MatchDraft): Wish {
  const started = clock.startedMs === null ? null : new Date(clock.startedMs).toISOString();
  const payload = {
    bouts: scoredBouts(ruleset, sidesOf(match), bouts).map((bout) => ({ ...plain(bout), sheet: null })),
    decision,
    clock: { started_at_utc: started, elapsed_s: Math.round(clock.elapsedS * 1000) / 1000 },
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
  const payload = { bouts, decision, note: draft.note.trim() || null };
  return { type: 'EnterMatch', expectedVersion, payload, ...addressOf(match) };
}

export function giveWalkover(match: Match, winner: string, reason: string): Wish {
  const payload = { winner, reason };
  return { type: 'GiveWalkover', expectedVersion: match.version, payload, ...addressOf(match) };
}

export function sidesText(match: Match): string {
  return match.sides.map((side) => side.team).join(' – ');
}

/** Only what the server knows of a bout, whatever was kept on the tablet. */
function plain(bout: Bout): Bout {
  const { winner, points, warnings, false_starts, timed_out, decision, sheet } = bout;
  return { winner, points, warnings, false_starts, timed_out, decision, sheet };
}

function addressOf(match: Match): { target: string; lane: string; about: About } {
  const competition = match.target.slice(0, match.target.indexOf('/match/'));
  return {
    target: match.target,
    lane: `${competition}/field/${match.field}`,
    about: { team: sidesText(match), attempt: match.number, isMatch: true },
  };
}
