/** A queue by what the judge does next. */

import type { Run } from '../wire';

export interface Turns {
  readonly onField: readonly Run[];
  /** Ran, but nobody confirmed a sheet. */
  readonly unconfirmed: readonly Run[];
  readonly waiting: readonly Run[];
  readonly done: readonly Run[];
}

export function inTurn(runs: readonly Run[]): Turns {
  const open = runs.filter((run) => run.result === null);
  const isOn = (run: Run): boolean => run.armed || run.status === 'LIVE';
  return {
    onField: open.filter(isOn),
    unconfirmed: open.filter((run) => !isOn(run) && run.status === 'UNCONFIRMED'),
    waiting: open.filter((run) => !isOn(run) && run.status !== 'UNCONFIRMED'),
    done: runs.filter((run) => run.result !== null),
  };
}
