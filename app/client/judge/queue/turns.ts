/** A queue by what the judge does next. */

import { isOpen, isScore, needsPerson, type OutboxItem } from '../outbox/item';
import { sheetsStanding } from '../sheet/agreement';
import type { Run } from '../wire';

export interface Turns {
  /** Judges' sheets of them differ, and somebody must settle it. */
  readonly differing: readonly Run[];
  /** My sheet is in; another judge's is not. */
  readonly halfIn: readonly Run[];
  readonly onField: readonly Run[];
  /** Ran, but nobody confirmed a sheet. */
  readonly unconfirmed: readonly Run[];
  readonly waiting: readonly Run[];
  readonly done: readonly Run[];
  /** Scored on this tablet, and the server has not confirmed it. */
  readonly keptHere: readonly Run[];
  /** The one run most likely to be opened now. */
  readonly next: Run | undefined;
}

/** The runs of a queue for the judge `account`, without the sheets that other judges have of projects. */
export function inTurn(listed: readonly Run[], items: readonly OutboxItem[], account: string): Turns {
  const all = listed.filter((run) => (run.judge ?? account) === account);
  const isKept = (run: Run): boolean => waitingScore(items, run) !== undefined;
  const keptHere = all.filter(isKept);
  const runs = all.filter((run) => !isVoid(run));
  const differing = runs.filter((run) => !isKept(run) && sheetsStanding(run, account) === 'differ');
  const halfIn = runs.filter((run) => !isKept(run) && sheetsStanding(run, account) === 'mine_in');
  const aside = new Set([...keptHere, ...differing, ...halfIn]);
  const open = runs.filter((run) => run.result === null && !aside.has(run));
  const isOn = (run: Run): boolean => run.armed || run.status === 'LIVE';
  const onField = open.filter(isOn);
  const unconfirmed = open.filter((run) => !isOn(run) && run.status === 'UNCONFIRMED');
  const waiting = open.filter((run) => !isOn(run) && run.status !== 'UNCONFIRMED');
  const done = runs.filter((run) => run.result !== null && !isKept(run));
  const next = onField[0] ?? unconfirmed[0] ?? waiting[0];
  return { differing, halfIn, keptHere, onField, unconfirmed, waiting, done, next };
}

/** Never to be held: its entry was withdrawn, or it is held again, before it was confirmed. */
function isVoid(run: Run): boolean {
  const isOut = run.withdrawn === true || (run.replaced_by ?? null) !== null;
  return run.result === null && isOut;
}

/** The newest score of a run that the server has not confirmed. */
export function waitingScore(items: readonly OutboxItem[], run: Run): OutboxItem | undefined {
  return items.findLast(
    (item) => item.target === run.target && isScore(item) && (isOpen(item) || needsPerson(item)),
  );
}
