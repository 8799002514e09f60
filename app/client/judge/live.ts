/** Live state for the tablet: the newest of each topic, kept on the tablet so that it starts with the network off. */

import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';

import type { Feed } from '../feed/feed';
import { isNewer } from '../feed/order';
import type { Snapshot } from '../feed/shapes';
import type { Database } from './store/database';

export class Live {
  private readonly topics = new Map<string, Signal<Snapshot | null>>();
  /** Since when the browser itself says it has no network: a socket notices only after its next unanswered ping. */
  private readonly unplugged = signal<number | null>(null);

  /** Since when the server is out of reach, in milliseconds since 1970; null while it is not. */
  readonly offlineSinceMs = computed(() => this.feed.offlineSince.value?.getTime() ?? this.unplugged.value);
  readonly syncQuality: Feed['syncQuality'];
  /** The newest epoch the server was seen in; 0 before any. */
  readonly epoch = signal(0);

  constructor(
    private readonly feed: Feed,
    private readonly database: Database,
  ) {
    this.syncQuality = feed.syncQuality;
    addEventListener('offline', () => (this.unplugged.value = this.serverNowMs()));
    addEventListener('online', () => (this.unplugged.value = null));
  }

  /** The newest snapshot of a topic, this tablet's own kept one at first; null where there never was one. */
  topic<T>(name: string): ReadonlySignal<Snapshot<T> | null> {
    let newest = this.topics.get(name);
    if (!newest) {
      newest = signal<Snapshot | null>(null);
      this.topics.set(name, newest);
      void this.follow(name, newest);
    }
    return newest as Signal<Snapshot<T> | null>;
  }

  serverNowMs(): number {
    return this.feed.serverNowMs();
  }

  uncertaintyMs(): number | null {
    return this.feed.uncertaintyMs();
  }

  /** Somebody else is signed in from now on. */
  reconnect(): void {
    this.feed.reconnect();
  }

  onConnected(callback: () => void): void {
    this.feed.onConnected(callback);
  }

  private async follow(name: string, newest: Signal<Snapshot | null>): Promise<void> {
    const offered = this.feed.topic<unknown>(name);
    const kept = (await this.database.get('snapshots', name).catch(() => undefined)) ?? null;
    if (kept && isNewer(kept, newest.peek())) newest.value = kept;
    effect(() => {
      const snapshot = offered.value;
      if (!snapshot || !isNewer(snapshot, newest.peek())) return;
      newest.value = snapshot;
      this.epoch.value = Math.max(this.epoch.peek(), snapshot.epoch);
      this.database.put('snapshots', snapshot).catch(() => undefined); // shown all the same; not there after a restart
    });
  }
}
