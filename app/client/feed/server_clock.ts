/** The server's clock as seen from here: measured while connected, the last good estimate while not. */

import { signal, type Signal } from '@preact/signals';
import { ClockOffset, type Quality } from './offset';

const FIRST_ROUND_TRIPS = 5;
const FIRST_EVERY_MS = 150;
const THEN_EVERY_MS = 5_000;

/** Asks the server for its time, in milliseconds since 1970; rejects where there is no answer. */
export type AskTime = (sentMs: number) => Promise<number>;

export class ServerClock {
  readonly quality: Signal<Quality> = signal('none');
  private best = new ClockOffset();
  private measured: ClockOffset | null = null;

  constructor(private readonly ask: AskTime) {}

  /** Milliseconds since 1970 by the best estimate of the server's clock; this device's own before there is one. */
  nowMs(): number {
    return this.best.serverMs(performance.now()) ?? Date.now();
  }

  /** Measure anew, a few times quickly and then steadily: after each connection, as the server may have set its clock. */
  start(): void {
    this.measured = new ClockOffset();
    void this.measure(this.measured);
  }

  /** Stop measuring; what was measured stays. */
  stop(): void {
    this.measured = null;
  }

  private async measure(offset: ClockOffset): Promise<void> {
    for (let trip = 1; this.measured === offset; trip += 1) {
      await this.makeRoundTrip(offset);
      await pause(trip < FIRST_ROUND_TRIPS ? FIRST_EVERY_MS : THEN_EVERY_MS);
    }
  }

  private async makeRoundTrip(offset: ClockOffset): Promise<void> {
    const sentMs = performance.now();
    const serverMs = await this.ask(sentMs).catch(() => null);
    if (serverMs === null || this.measured !== offset) return;
    offset.add(sentMs, performance.now(), serverMs);
    this.best = offset;
    this.quality.value = offset.quality(performance.now());
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
