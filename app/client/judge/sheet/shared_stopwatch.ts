/** The judge's stopwatch told to everybody: what becomes of it in a draft, as commands for the run's clock. */

import type { Wish } from '../outbox/item';
import { tapAgo, type KnownClock } from '../tap';
import type { Run } from '../wire';
import { cancelByHand, startByHand, stopByHand } from './commands';
import type { Draft } from './draft';
import { PAGE_CLOCKS, sinceMs, type Clocks } from './stopwatch';

type OfStopwatch = Pick<Draft, 'running' | 'stopwatch'>;

/**
 * The command for a change of the draft; null where the stopwatch is as it was.
 *
 * Started, or going on after a stop was taken back: it is told since when it runs, so that both are the same command.
 * Ended with a time it was stopped; ended without one it never counted.
 */
export function tellStopwatch(
  run: Run,
  before: OfStopwatch,
  after: OfStopwatch,
  clock: KnownClock,
  clocks: Clocks = PAGE_CLOCKS,
): Wish | null {
  const [was, is] = [before.running ?? null, after.running ?? null];
  if (is !== null) return was === null ? startByHand(run, tapAgo(clock, sinceMs(is, clocks))) : null;
  if (was === null) return null;
  return after.stopwatch === true ? stopByHand(run, tapAgo(clock, 0)) : cancelByHand(run);
}
