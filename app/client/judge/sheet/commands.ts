/** What a judge's taps on a run become: commands for the outbox. */

import type { About, Wish } from '../outbox/item';
import type { Tap } from '../tap';
import { practiceRuns, standsBefore } from '../queue/expected';
import type { Run } from '../wire';
import type { Captain, Draft, Entered } from './draft';

export type TieKind = 'school' | 'district' | 'family' | 'other';

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

/** The clock that screens show, started by the judge's tap. */
export function startByHand(run: Run, tap: Tap): Wish {
  return { type: 'StartByHand', expectedVersion: null, payload: { tap }, ...addressOf(run) };
}

export function stopByHand(run: Run, tap: Tap): Wish {
  return { type: 'StopByHand', expectedVersion: null, payload: { tap }, ...addressOf(run) };
}

/** Nobody started after all, or the time was typed: screens wait for the start again. */
export function cancelByHand(run: Run): Wish {
  return { type: 'CancelByHand', expectedVersion: null, payload: {}, ...addressOf(run) };
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

/** A run of the same entry that never counts, next on its field, whose queue is `queue` now. */
export function practise(run: Run, queue: readonly Run[]): Wish {
  const { lane, about: named } = addressOf(run);
  const about = { ...named, practiceRuns: practiceRuns(queue, run) };
  return { type: 'AddPracticeRun', target: lane, lane, expectedVersion: null, payload: { entry: run.entry.id }, about };
}

/** This judge is tied to the project: somebody else of the panel gets the sheet. */
export function stepAside(run: Run, kind: TieKind): Wish {
  return { type: 'StepAside', expectedVersion: null, payload: { kind }, ...addressOf(run) };
}

/** The two exchange their places in the queue, which is as `queue` says now. */
export function swapRuns(run: Run, other: string, reason: string, queue: readonly Run[]): Wish {
  const payload = { other, reason: reason.trim() };
  const { about: named, ...address } = addressOf(run);
  const about = { ...named, stoodBefore: standsBefore(queue, run.id, other) };
  return { type: 'SwapRuns', expectedVersion: null, payload, ...address, about };
}

/** The team did not come: the run is confirmed with a mark and an empty sheet. */
export function didNotStart(run: Run): Wish {
  const payload = { sheet: {}, mark: 'DNS', note: null, stopwatch: false, captain: null };
  return { type: 'EnterScore', expectedVersion: run.version, payload, ...addressOf(run) };
}

/** What the two judges of a run, or the referee, settled on, and what the captain said of it. */
export function settleSheets(run: Run, entered: Entered, reason: string, captain: Captain | null): Wish {
  const payload = { ...entered, reason: reason.trim(), captain };
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
