/** A stopwatch in the judge's hand, for a field whose gates gave no time; it goes on over a restart of the browser. */

/** What is kept of a running stopwatch. */
export interface Stopwatch {
  /** Its start by the tablet's clock of the day, in milliseconds since 1970: all that is left after a restart. */
  readonly startedAtMs: number;
  /** The page it was started on, and its start by that page's own clock, which nobody can set. */
  readonly page: number;
  readonly startedMs: number;
}

/** Nobody presses a button more exactly than this. */
export const FINEST_STEP_S = 0.01;

export interface Clocks {
  /** Tells this start of the page from every other one. */
  readonly page: number;
  readonly pageMs: () => number;
  readonly dayMs: () => number;
}

export const PAGE_CLOCKS: Clocks = {
  page: performance.timeOrigin,
  pageMs: () => performance.now(),
  dayMs: () => Date.now(),
};

export function started(clocks: Clocks = PAGE_CLOCKS): Stopwatch {
  return { startedAtMs: clocks.dayMs(), page: clocks.page, startedMs: clocks.pageMs() };
}

/** Milliseconds since the start: by the page's own clock, or by the clock of the day where the page is a new one. */
export function sinceMs(stopwatch: Stopwatch, clocks: Clocks = PAGE_CLOCKS): number {
  const passed =
    stopwatch.page === clocks.page
      ? clocks.pageMs() - stopwatch.startedMs
      : clocks.dayMs() - stopwatch.startedAtMs;
  return Math.max(0, passed);
}

/** Seconds as they go into the sheet: rounded to hundredths, or to the field's step where that is coarser. */
export function readS(passedMs: number, stepS: number | null): number {
  const step = Math.max(FINEST_STEP_S, stepS ?? FINEST_STEP_S);
  return Number((Math.round(passedMs / 1000 / step) * step).toFixed(3));
}
