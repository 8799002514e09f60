/** A queue by what the judge does next. */

import { isOpen, isScore, needsPerson, type OutboxItem } from '../outbox/item';
import type { Run } from '../wire';

export interface Turns {
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

export function inTurn(runs: readonly Run[], items: readonly OutboxItem[]): Turns {
  const isKept = (run: Run): boolean => waitingScore(items, run) !== undefined;
  const keptHere = runs.filter(isKept);
  const open = runs.filter((run) => run.result === null && !isKept(run));
  const isOn = (run: Run): boolean => run.armed || run.status === 'LIVE';
  const onField = open.filter(isOn);
  const unconfirmed = open.filter((run) => !isOn(run) && run.status === 'UNCONFIRMED');
  const waiting = open.filter((run) => !isOn(run) && run.status !== 'UNCONFIRMED');
  const done = runs.filter((run) => run.result !== null && !isKept(run));
  return { keptHere, onField, unconfirmed, waiting, done, next: onField[0] ?? unconfirmed[0] ?? waiting[0] };
}

/** The newest score of a run that the server has not confirmed. */
export function waitingScore(items: readonly OutboxItem[], run: Run): OutboxItem | undefined {
  return items.findLast(
    (item) => item.target === run.target && isScore(item) && (isOpen(item) || needsPerson(item)),
  );
}
