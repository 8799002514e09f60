/** What a running clock shows next, so that a better estimate of the server's clock never makes it step back a little. */

/** A step back by more than this is a correction worth seeing: the run was started anew. */
const TREMBLE_S = 0.5;

export function nextShownSeconds(shownSeconds: number, trueSeconds: number): number {
  const isTremble = trueSeconds < shownSeconds && shownSeconds - trueSeconds < TREMBLE_S;
  return isTremble ? shownSeconds : Math.max(0, trueSeconds);
}
