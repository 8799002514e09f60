/** What a judge's taps on a run become: commands for the outbox. */

import type { About, Wish } from '../outbox/item';
import type { Run } from '../wire';
import type { Draft, Entered } from './draft';

export function openRun(run: Run): Wish {
  return { type: 'OpenRun', expectedVersion: null, payload: {}, ...addressOf(run) };
}

export function closeRun(run: Run): Wish {
  return { type: 'CloseRun', expectedVersion: null, payload: {}, ...addressOf(run) };
}

/** A false start: what was measured is dropped and the gates are armed again. */
export function resetRun(run: Run, reason: string): Wish {
  return { type: 'ResetRun', expectedVersion: null, payload: { reason }, ...addressOf(run) };
}

export function score(run: Run, draft: Draft): Wish {
  const { sheet, mark, version: expectedVersion, stopwatch = false } = draft;
  const reason = draft.reason.trim();
  if (draft.kind === 'correct') {
    return { type: 'CorrectScore', expectedVersion, payload: { sheet, mark, reason, stopwatch }, ...addressOf(run) };
  }
  const note = draft.note.trim() || null;
  const payload = { sheet, mark, note, stopwatch, captain: draft.captain ?? null };
  return { type: 'EnterScore', expectedVersion, payload, ...addressOf(run) };
}

/** A run of the same entry that never counts, next on its field. */
export function practise(run: Run): Wish {
  const { lane, about } = addressOf(run);
  return { type: 'AddPracticeRun', target: lane, lane, expectedVersion: null, payload: { entry: run.entry.id }, about };
}

/** The two exchange their places in the queue. */
export function swapRuns(run: Run, other: Run, reason: string): Wish {
  const payload = { other: other.id, reason: reason.trim() };
  return { type: 'SwapRuns', expectedVersion: null, payload, ...addressOf(run) };
}

/** The team did not come: the run is confirmed with a mark and an empty sheet. */
export function didNotStart(run: Run): Wish {
  const payload = { sheet: {}, mark: 'DNS', note: null, stopwatch: false, captain: null };
  return { type: 'EnterScore', expectedVersion: run.version, payload, ...addressOf(run) };
}

/** What the two judges of a run, or the referee, settled on. */
export function settleSheets(run: Run, entered: Entered, reason: string): Wish {
  const payload = { ...entered, reason: reason.trim() };
  return { type: 'SettleSheets', expectedVersion: run.version, payload, ...addressOf(run) };
}

function addressOf(run: Run): { target: string; lane: string; about: About } {
  const competition = run.target.slice(0, run.target.indexOf('/run/'));
  return {
    target: run.target,
    lane: `${competition}/field/${run.field}`,
    about: { team: run.entry.team, attempt: run.attempt },
  };
}
