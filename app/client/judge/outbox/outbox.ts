/** The outbox as the screens see it: what is in it, what is wrong, and how to add to it. */

import { computed, signal, type ReadonlySignal } from '@preact/signals';

import { isOpen, needsPerson, type Maker, type NewItem, type OutboxItem, type Wish } from './item';
import type { Outcome } from './machine';
import { Sender } from './sender';
import type { OutboxStorage } from './storage';
import { uuid7 } from './uuid7';

const CHANNEL = 'baige-outbox';
/** How often a tab looks whether commands wait that no tab is trying to send (the one that was may be gone). */
const LOOK_EVERY_MS = 20_000;

export interface OutboxParts {
  readonly storage: OutboxStorage;
  readonly post: (batch: readonly OutboxItem[]) => Promise<Outcome>;
  readonly account: () => string | null;
  readonly locks?: Pick<LockManager, 'request'>;
  readonly signedOut: () => void;
  readonly inNewEpoch?: (epoch: number) => void;
  /** The best this tablet knows of the server's clock; its own where that is left out. */
  readonly nowMs?: () => number;
  readonly pause?: (failures: number) => number;
}

export class Outbox {
  private readonly kept = signal<readonly OutboxItem[]>([]);
  private readonly nextTry = signal<number | null>(null);
  private readonly channel = new BroadcastChannel(CHANNEL);
  private readonly sender: Sender;
  private closed = false;
  private readonly look: ReturnType<typeof setInterval>;

  /** Everything kept, oldest first. */
  readonly items: ReadonlySignal<readonly OutboxItem[]> = this.kept;
  /** Commands the server has not answered for. */
  readonly unsent = computed(() => this.kept.value.filter(isOpen));
  /** Commands that wait for a person. */
  readonly troubled = computed(() => this.kept.value.filter(needsPerson));
  /** When the server will be tried again, in milliseconds since 1970; null while nothing waits. */
  readonly nextTryMs: ReadonlySignal<number | null> = this.nextTry;

  constructor(private readonly parts: OutboxParts) {
    this.sender = new Sender({
      ...parts,
      locks: parts.locks ?? navigator.locks,
      changed: () => void this.announce(),
      waiting: (untilMs) => {
        this.nextTry.value = untilMs;
      },
    });
    this.channel.onmessage = () => void this.reload();
    this.look = setInterval(() => {
      if (this.unsent.peek().length > 0 && this.nextTry.peek() === null) this.sender.kick();
    }, LOOK_EVERY_MS);
  }

  /** Read what is kept and start sending it. */
  async open(): Promise<void> {
    await this.reload();
    this.sender.kick();
  }

  /**
   * Keep a command, then send it. Resolves when it is on the disk: only then may a screen say so.
   * Rejects if it could not be stored; then nothing happened.
   */
  async add(wish: Wish, maker: Maker): Promise<string> {
    const item: NewItem = {
      ...wish,
      id: uuid7(),
      follows: false,
      madeAt: new Date(this.parts.nowMs?.() ?? Date.now()).toISOString(),
      madeBy: maker,
      state: 'saved',
      tries: 0,
      receipt: null,
    };
    await this.parts.storage.add(item);
    await this.announce();
    this.sender.kick();
    return item.id;
  }

  /** The server is in this epoch: after a restore it is offered again what it may have lost. */
  async inEpoch(epoch: number): Promise<void> {
    if (!(await this.parts.storage.offerAgain(epoch))) return;
    await this.announce();
    this.sender.kick();
  }

  /** Keep another tablet's commands, then send those of whoever is signed in; how many are new here. */
  async takeOver(items: readonly NewItem[]): Promise<number> {
    const taken = await this.parts.storage.takeOver(items);
    await this.announce();
    this.sender.kick();
    return taken;
  }

  /** The referee signed in here vouches for what others made, and it is sent as theirs. */
  async handIn(account: string): Promise<void> {
    await this.parts.storage.handIn(account);
    await this.announce();
    this.sender.kick();
  }

  async dismiss(item: OutboxItem): Promise<void> {
    await this.parts.storage.dismiss(item.seq);
    await this.announce();
  }

  /** Try the server now: the network came back, the socket reconnected, somebody signed in. */
  kick(): void {
    this.sender.kick();
  }

  isClosed(): boolean {
    return this.closed;
  }

  close(): void {
    this.closed = true;
    clearInterval(this.look);
    this.sender.stop();
    this.channel.close();
  }

  private async announce(): Promise<void> {
    await this.reload();
    if (!this.isClosed()) this.channel.postMessage('changed');
  }

  private async reload(): Promise<void> {
    try {
      this.kept.value = await this.parts.storage.all();
    } catch {
      // The database is closing or out of reach: what is shown stays what was last read.
    }
  }
}
