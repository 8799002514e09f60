/** Sends the outbox: one tab at a time, in batches, trying again with growing pauses for as long as it takes. */

import { waitMs } from './backoff';
import type { OutboxItem } from './item';
import { isAnotherSignedIn, type Outcome } from './machine';

const LOCK = 'baige-outbox';

/** The part of a store that sending needs. */
export interface Sendable {
  take(account: string, most?: number): Promise<OutboxItem[]>;
  settle(batch: readonly OutboxItem[], outcome: Outcome): Promise<OutboxItem[]>;
  offerAgain(epoch: number): Promise<boolean>;
}

/** What the sender is made of; everything that touches the world is handed in. */
export interface SenderParts {
  readonly storage: Sendable;
  readonly post: (batch: readonly OutboxItem[]) => Promise<Outcome>;
  /** Who is signed in; null while nobody is, or the session has run out. */
  readonly account: () => string | null;
  readonly locks: Pick<LockManager, 'request'>;
  readonly changed: () => void;
  /** The server does not take this sign-in, or knows this browser as somebody else by now. */
  readonly signedOut: () => void;
  /** The server is in another epoch than it was taken to be in. */
  readonly inNewEpoch?: (epoch: number) => void;
  /** Told the time of the next try, or null when there is none. */
  readonly waiting: (untilMs: number | null) => void;
  /** Milliseconds to wait after so many failures in a row. */
  readonly pause?: (failures: number) => number;
}

export class Sender {
  private failures = 0;
  private busy = false;
  private again = false;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: SenderParts) {}

  /** Try now: something was added, the network came back, somebody signed in. */
  kick(): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    if (this.busy) {
      this.again = true;
      return;
    }
    void this.run();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    this.busy = true;
    // Where the store fails, what is in it stays and is tried again.
    const reached = await this.parts.locks.request(LOCK, () => this.drain()).catch(() => false);
    this.busy = false;
    if (this.again) {
      this.again = false;
      this.kick();
    } else if (reached) {
      this.failures = 0;
      this.parts.waiting(null);
    } else {
      this.wait();
    }
  }

  /** Send until nothing is left; false if the server was not reached. */
  private async drain(): Promise<boolean> {
    let most: number | undefined;
    let isInNewEpoch = false;
    for (;;) {
      const account = this.parts.account();
      if (account === null || this.stopped) return true;
      const batch = await this.parts.storage.take(account, most);
      if (batch.length === 0) return true;
      this.parts.changed();
      const outcome = await this.parts.post(batch);
      await this.parts.storage.settle(batch, outcome);
      this.parts.changed();
      if (outcome.kind === 'unreached') return false;
      if (outcome.kind === 'new_epoch') {
        // A server that says so twice running does not listen: it is tried again later.
        if (isInNewEpoch) return false;
        isInNewEpoch = true;
        await this.parts.storage.offerAgain(outcome.epoch);
        this.parts.inNewEpoch?.(outcome.epoch);
        continue;
      }
      isInNewEpoch = false;
      if (outcome.kind === 'signed_out' || isAnotherSignedIn(outcome)) {
        this.parts.signedOut();
        return true;
      }
      if (outcome.kind === 'receipts' && !answersAny(batch, outcome)) return false;
      // One command of a batch cannot be read: find it by sending them one at a time.
      most = outcome.kind === 'rejected' ? 1 : undefined;
    }
  }

  private wait(): void {
    if (this.stopped) return;
    this.failures += 1;
    const pause = (this.parts.pause ?? waitMs)(this.failures);
    this.parts.waiting(Date.now() + pause);
    this.timer = setTimeout(() => this.kick(), pause);
  }
}

function answersAny(batch: readonly OutboxItem[], outcome: Extract<Outcome, { kind: 'receipts' }>): boolean {
  return batch.some((item) => outcome.receipts.some((receipt) => receipt.id === item.id));
}
