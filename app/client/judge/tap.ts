/** The moment of a tap by the server's clock, and by how much it may be off: told even if it is sent much later. */

/** What is known of the server's clock. */
export interface KnownClock {
  serverNowMs(): number;
  /** By how much it may be off, in milliseconds; null where it was never heard. */
  uncertaintyMs(): number | null;
}

export interface Tap {
  readonly at_utc: string;
  readonly uncertainty_ms: number | null;
}

const MOST_UNCERTAINTY_MS = 3_600_000;

export function tapNow(clock: KnownClock): Tap {
  return tapAgo(clock, 0);
}

/** A tap that was `agoMs` before now. */
export function tapAgo(clock: KnownClock, agoMs: number): Tap {
  const uncertaintyMs = clock.uncertaintyMs();
  return {
    at_utc: new Date(clock.serverNowMs() - agoMs).toISOString(),
    uncertainty_ms: uncertaintyMs === null ? null : Math.min(MOST_UNCERTAINTY_MS, Math.round(uncertaintyMs * 10) / 10),
  };
}
