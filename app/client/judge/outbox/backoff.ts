/** How long to wait before trying the server again. */

export const FIRST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 30_000;

/**
 * Milliseconds to wait after `failures` failures in a row: doubling up to the longest, and anywhere in the upper half
 * of that, so that forty tablets do not come back in the same instant. `random` is in [0, 1).
 */
export function waitMs(failures: number, random: number = Math.random()): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.5 + random / 2));
}
