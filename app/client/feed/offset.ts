/** How far this device's clock is from the server's, estimated from round trips. */

export type Quality = 'none' | 'poor' | 'fair' | 'good';

interface Sample {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

const KEPT_SAMPLES = 16;
const GOOD_ROUND_TRIP_MS = 40;
const FAIR_ROUND_TRIP_MS = 200;

/**
 * Keeps the last round trips and believes the shortest: the error of an offset is at most half its round trip
 * (the same filter as NTP's, RFC 5905 section 10). Offsets are against a steady clock, so that a device's clock
 * that is set anew changes nothing.
 */
export class ClockOffset {
  private samples: Sample[] = [];

  /** Take in a round trip: sent and received on the steady clock here, the server's wall clock between them. */
  add(sentMs: number, receivedMs: number, serverMs: number): void {
    const roundTripMs = receivedMs - sentMs;
    if (!(roundTripMs >= 0)) return;
    this.samples.push({ offsetMs: serverMs - (sentMs + receivedMs) / 2, roundTripMs });
    if (this.samples.length > KEPT_SAMPLES) this.samples.shift();
  }

  /** Forget what was measured, after the server's clock may have been set. */
  clear(): void {
    this.samples = [];
  }

  /** The server's wall clock in milliseconds at a moment of the steady clock; null before the first round trip. */
  serverMs(steadyMs: number): number | null {
    const best = this.best();
    return best === null ? null : steadyMs + best.offsetMs;
  }

  /** How far off the estimate may be, in milliseconds. */
  get uncertaintyMs(): number | null {
    const best = this.best();
    return best === null ? null : best.roundTripMs / 2;
  }

  get quality(): Quality {
    const best = this.best();
    if (best === null) return 'none';
    if (best.roundTripMs <= GOOD_ROUND_TRIP_MS) return 'good';
    return best.roundTripMs <= FAIR_ROUND_TRIP_MS ? 'fair' : 'poor';
  }

  private best(): Sample | null {
    return this.samples.reduce<Sample | null>(
      (best, sample) => (best === null || sample.roundTripMs < best.roundTripMs ? sample : best),
      null,
    );
  }
}
