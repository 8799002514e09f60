/** How far this device's clock is from the server's, estimated from round trips. */

export type Quality = 'none' | 'poor' | 'fair' | 'good';

/** Between which two values the offset lay when the round trip ended: the way back, and the way there, took no time. */
interface Sample {
  readonly leastMs: number;
  readonly mostMs: number;
  readonly measuredAtMs: number;
}

const KEPT_SAMPLES = 32;
const GOOD_WITHIN_MS = 20;
const FAIR_WITHIN_MS = 100;
/** How fast a cheap quartz may drift from the server's, so that what an old round trip says grows vague. */
const DRIFT = 100e-6;

/**
 * Each round trip says between which two values the offset must lie; what all of them together leave is the estimate
 * (the intersection of K. Marzullo, 1984; RFC 5905 section 11.2.1). So the quickest way there and the quickest way
 * back count, though they were never of one round trip. Offsets are against a steady clock: setting a device's clock
 * changes nothing.
 */
export class ClockOffset {
  private samples: Sample[] = [];

  /** Take in a round trip: sent and received on the steady clock here, the server's clock between them. */
  add(sentMs: number, receivedMs: number, serverMs: number): void {
    if (!(receivedMs >= sentMs) || !Number.isFinite(serverMs)) return;
    const sample = { leastMs: serverMs - receivedMs, mostMs: serverMs - sentMs, measuredAtMs: receivedMs };
    this.samples.push(sample);
    if (this.samples.length > KEPT_SAMPLES) this.samples.shift();
    const [leastMs, mostMs] = bounds(this.samples, receivedMs);
    // They cannot all be true: a clock was set, or this device slept. Only the newest is sure to tell of now.
    if (leastMs > mostMs) this.samples = [sample];
  }

  /** The server's clock in milliseconds at a moment of the steady clock; null before the first round trip. */
  serverMs(steadyMs: number): number | null {
    if (this.samples.length === 0) return null;
    const [leastMs, mostMs] = bounds(this.samples, steadyMs);
    return steadyMs + (leastMs + mostMs) / 2;
  }

  /** How far off the estimate may be at a moment of the steady clock, in milliseconds. */
  uncertaintyMs(steadyMs: number): number | null {
    if (this.samples.length === 0) return null;
    const [leastMs, mostMs] = bounds(this.samples, steadyMs);
    return (mostMs - leastMs) / 2;
  }

  /** The uncertainty in a word. */
  quality(steadyMs: number): Quality {
    const uncertaintyMs = this.uncertaintyMs(steadyMs);
    if (uncertaintyMs === null) return 'none';
    if (uncertaintyMs <= GOOD_WITHIN_MS) return 'good';
    return uncertaintyMs <= FAIR_WITHIN_MS ? 'fair' : 'poor';
  }
}

function bounds(samples: readonly Sample[], steadyMs: number): [leastMs: number, mostMs: number] {
  let leastMs = -Infinity;
  let mostMs = Infinity;
  for (const sample of samples) {
    const driftMs = DRIFT * Math.max(0, steadyMs - sample.measuredAtMs);
    leastMs = Math.max(leastMs, sample.leastMs - driftMs);
    mostMs = Math.min(mostMs, sample.mostMs + driftMs);
  }
  return [leastMs, mostMs];
}
