/** Tells a second tap that was meant from one that slipped: what ends a bout rests for a moment after it was counted. */

import { signal, type ReadonlySignal } from '@preact/signals';

/** No bout is fought in less; a finger that bounces, or a judge in doubt whether it was counted, taps again sooner. */
export const REST_MS = 1_000;

/** What a judge taps; `bout` takes the one under way, and stands for the rest that any end of a bout makes. */
export type Tap = 'bout' | 'time_out' | 'decision' | `${'warnings' | 'false_starts'} ${string}`;

export class Rest {
  private readonly countedMs = new Map<Tap, number>();
  private readonly shown = signal<ReadonlySet<Tap>>(new Set());
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** What rests, to be shown so. Whether a tap counts is told by `takes`. */
  readonly resting: ReadonlySignal<ReadonlySet<Tap>> = this.shown;

  /**
   * Whether a tap made at `atMs` counts, by the time of the taps themselves: a slow tablet may handle them late. The
   * end of a bout makes everything rest; a fault only its own button, for both sides may do wrong in one moment.
   */
  takes(tap: Tap, atMs: number): boolean {
    return !this.isWithin('bout', atMs) && !this.isWithin(tap, atMs);
  }

  /** A tap was counted, and the bout is over by it or is not. */
  counted(tap: Tap, isOver: boolean, atMs: number): void {
    const taps: Tap[] = isOver ? [tap, 'bout'] : [tap];
    for (const one of taps) this.countedMs.set(one, atMs);
    this.shown.value = new Set([...this.shown.peek(), ...taps]);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.shown.value = new Set()), REST_MS);
  }

  /** What was counted is taken back: what comes next is meant. */
  forget(): void {
    this.countedMs.clear();
    this.shown.value = new Set();
  }

  private isWithin(tap: Tap, atMs: number): boolean {
    const lastMs = this.countedMs.get(tap);
    return lastMs !== undefined && atMs - lastMs < REST_MS;
  }
}
