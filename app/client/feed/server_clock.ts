/** The server's clock as seen from here: measured while connected, the last good estimate while not. */

import { signal, type Signal } from '@preact/signals';
import { ClockOffset, type Quality } from './offset';

const FIRST_ROUND_TRIPS = 10;
const FIRST_EVERY_MS = 100;
const THEN_EVERY_MS = 5_000;

/** The server's time in milliseconds since 1970; `setting` differs once somebody set its clock. */
export interface ServerTime {
  readonly serverMs: number;
  readonly setting: number;
}

/** Asks the server for its time; rejects where there is no answer. */
export type AskTime = (sentMs: number) => Promise<ServerTime>;

export class ServerClock {
  readonly quality: Signal<Quality> = signal('none');
  private best = new ClockOffset();
  private measured: ClockOffset | null = null;
  private setting: number | null = null;

  constructor(private readonly ask: AskTime) {}

  /** Milliseconds since 1970 by the best estimate of the server's clock; this device's own before there is one. */
  nowMs(): number {
    return this.best.serverMs(performance.now()) ?? Date.now();
  }

  /** By how much that may be off, in milliseconds; null before the first measurement. */
  uncertaintyMs(): number | null {
    return this.best.uncertaintyMs(performance.now());
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
      const wasSet = await this.makeRoundTrip(offset);
      if (wasSet) {
        this.start();
        return;
      }
      await pause(trip < FIRST_ROUND_TRIPS ? FIRST_EVERY_MS : THEN_EVERY_MS);
    }
  }

  /** True where the server's clock was set: what was measured before says nothing of it. */
  private async makeRoundTrip(offset: ClockOffset): Promise<boolean> {
    const sentMs = performance.now();
    const told = await this.ask(sentMs).catch(() => null);
    if (told === null || this.measured !== offset) return false;
    const wasSet = this.setting !== null && told.setting !== this.setting;
    this.setting = told.setting;
    if (wasSet) return true;
    offset.add(sentMs, performance.now(), told.serverMs);
    this.best = offset;
    this.quality.value = offset.quality(performance.now());
    return false;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
