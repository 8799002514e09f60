/** How far this device's clock is from the server's, estimated from round trips. */

export type Quality = 'none' | 'poor' | 'fair' | 'good';

interface Sample {
  readonly offsetMs: number;
  /** The true offset is within this of the estimate, at the moment it was measured. */
  readonly uncertaintyMs: number;
  readonly measuredAtMs: number;
}

const KEPT_SAMPLES = 16;
const GOOD_WITHIN_MS = 20;
const FAIR_WITHIN_MS = 100;
/** How fast a cheap quartz may drift from the server's, so that an old good sample gives way to a newer one. */
const DRIFT = 100e-6;

/**
 * Keeps the last round trips and believes the one that can be least wrong: half its round trip, plus what the clocks
 * may have drifted since (the clock filter of NTP, RFC 5905 section 10). Offsets are against a steady clock, so that
 * setting a device's clock changes nothing.
 */
export class ClockOffset {
  private samples: Sample[] = [];

  /** Take in a round trip: sent and received on the steady clock here, the server's wall clock between them. */
  add(sentMs: number, receivedMs: number, serverMs: number): void {
    const roundTripMs = receivedMs - sentMs;
    if (!(roundTripMs >= 0) || !Number.isFinite(serverMs)) return;
    this.samples.push({
      offsetMs: serverMs - (sentMs + receivedMs) / 2,
      uncertaintyMs: roundTripMs / 2,
      measuredAtMs: receivedMs,
    });
    if (this.samples.length > KEPT_SAMPLES) this.samples.shift();
  }

  /** The server's wall clock in milliseconds at a moment of the steady clock; null before the first round trip. */
  serverMs(steadyMs: number): number | null {
    const best = this.best(steadyMs);
    return best === null ? null : steadyMs + best.offsetMs;
  }

  /** How far off the estimate may be at a moment of the steady clock, in milliseconds. */
  uncertaintyMs(steadyMs: number): number | null {
    const best = this.best(steadyMs);
    return best === null ? null : possibleErrorMs(best, steadyMs);
  }

  /** The uncertainty in a word. */
  quality(steadyMs: number): Quality {
    const uncertaintyMs = this.uncertaintyMs(steadyMs);
    if (uncertaintyMs === null) return 'none';
    if (uncertaintyMs <= GOOD_WITHIN_MS) return 'good';
    return uncertaintyMs <= FAIR_WITHIN_MS ? 'fair' : 'poor';
  }

  private best(steadyMs: number): Sample | null {
    let best: Sample | null = null;
    for (const sample of this.samples) {
      if (best === null || possibleErrorMs(sample, steadyMs) < possibleErrorMs(best, steadyMs)) best = sample;
    }
    return best;
  }
}

function possibleErrorMs(sample: Sample, steadyMs: number): number {
  return sample.uncertaintyMs + DRIFT * Math.max(0, steadyMs - sample.measuredAtMs);
}
