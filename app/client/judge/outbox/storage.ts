/** The outbox in IndexedDB: every step is one transaction, so a killed browser or a second tab sees all of it or none. */

import type { Database } from '../store/database';
import type { NewItem, OutboxItem } from './item';
import { nextBatch, outlived, place, sending, settled, toOfferAgain, vouched, type Outcome } from './machine';

/** Commits reach the disk before they are reported, where the browser can do that. */
const TO_DISK: IDBTransactionOptions = { durability: 'strict' };

export class OutboxStorage {
  constructor(private readonly database: Database) {}

  /** Everything kept, in the order it was made. */
  all(): Promise<OutboxItem[]> {
    return this.database.getAll('outbox');
  }

  /** Store a new command. Resolves once it is on the disk; rejects (QuotaExceededError, say) if it is not. */
  async add(item: NewItem): Promise<void> {
    const transaction = this.database.transaction('outbox', 'readwrite', TO_DISK);
    const placed = place(await transaction.store.getAll(), item);
    await Promise.all([
      ...placed.replaced.map((seq) => transaction.store.delete(seq)),
      // The store gives the place in the order: an item without `seq` is what autoIncrement wants.
      transaction.store.add(placed.item as OutboxItem),
      transaction.done,
    ]);
  }

  /** Store another tablet's commands after what is here, without those that are known; how many are new. */
  async takeOver(items: readonly NewItem[]): Promise<number> {
    const transaction = this.database.transaction('outbox', 'readwrite', TO_DISK);
    const known = new Set((await transaction.store.getAll()).map((item) => item.id));
    const unknown = items.filter((item) => !known.has(item.id));
    await Promise.all([...unknown.map((item) => transaction.store.add(item as OutboxItem)), transaction.done]);
    return unknown.length;
  }

  /** `account` vouches for what others made here, and may send it. */
  async handIn(account: string): Promise<void> {
    const transaction = this.database.transaction('outbox', 'readwrite', TO_DISK);
    const theirs = vouched(await transaction.store.getAll(), account);
    await Promise.all([...theirs.map((item) => transaction.store.put(item)), transaction.done]);
  }

  /** Take the next commands of `account` to send, marking them as sent; empty when there is nothing to do. */
  async take(account: string, most?: number): Promise<OutboxItem[]> {
    const transaction = this.database.transaction('outbox', 'readwrite', TO_DISK);
    const batch = sending(nextBatch(await transaction.store.getAll(), account, most));
    await Promise.all([...batch.map((item) => transaction.store.put(item)), transaction.done]);
    return batch;
  }

  /** Store what became of a batch, and let go of the oldest confirmed commands. */
  async settle(batch: readonly OutboxItem[], outcome: Outcome): Promise<OutboxItem[]> {
    const transaction = this.database.transaction('outbox', 'readwrite', TO_DISK);
    const changed = settled(batch, outcome);
    await Promise.all(changed.map((item) => transaction.store.put(item)));
    const needless = outlived(await transaction.store.getAll(), Date.now());
    await Promise.all([...needless.map((seq) => transaction.store.delete(seq)), transaction.done]);
    return changed;
  }

  /** Offer again what a server of an earlier epoch confirmed in the last day; whether there was any. */
  async offerAgain(epoch: number): Promise<boolean> {
    const transaction = this.database.transaction('outbox', 'readwrite', TO_DISK);
    const again = toOfferAgain(await transaction.store.getAll(), epoch, Date.now());
    await Promise.all([...again.map((item) => transaction.store.put(item)), transaction.done]);
    return again.length > 0;
  }

  /** Let go of an item a person has dealt with: a refusal read, or a conflict settled for the other side. */
  async dismiss(seq: number): Promise<void> {
    await this.database.delete('outbox', seq);
  }
}
