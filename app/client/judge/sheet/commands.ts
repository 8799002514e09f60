/** What a judge's taps on a run become: commands for the outbox. */

import type { About, Wish } from '../outbox/item';
import type { Run } from '../wire';
import type { Draft } from './draft';

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
  const { sheet, mark, version: expectedVersion } = draft;
  const reason = draft.reason.trim();
  if (draft.kind === 'correct') {
    return { type: 'CorrectScore', expectedVersion, payload: { sheet, mark, reason }, ...addressOf(run) };
  }
  const note = draft.note.trim() || null;
  return { type: 'EnterScore', expectedVersion, payload: { sheet, mark, note }, ...addressOf(run) };
}

function addressOf(run: Run): { target: string; lane: string; about: About } {
  const competition = run.target.slice(0, run.target.indexOf('/run/'));
  return {
    target: run.target,
    lane: `${competition}/field/${run.field}`,
    about: { team: run.entry.team, attempt: run.attempt },
  };
}
