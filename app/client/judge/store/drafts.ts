/** Unfinished score sheets, kept on every change so that a killed browser loses nothing. */

import { signal, type ReadonlySignal } from '@preact/signals';

import type { MatchDraft } from '../match/draft';
import type { Draft } from '../sheet/draft';
import type { Database } from './database';

export class DraftStore {
  private readonly keys = signal<ReadonlySet<string>>(new Set());

  /** The keys of the sheets that are begun and not confirmed. */
  readonly begun: ReadonlySignal<ReadonlySet<string>> = this.keys;

  constructor(private readonly database: Database) {}

  async open(): Promise<void> {
    this.keys.value = new Set(await this.database.getAllKeys('drafts'));
  }

  async read(key: string): Promise<Draft | undefined> {
    const kept = await this.database.get('drafts', key);
    return kept && 'sheet' in kept ? kept : undefined;
  }

  async readMatch(key: string): Promise<MatchDraft | undefined> {
    const kept = await this.database.get('drafts', key);
    return kept && 'bouts' in kept ? kept : undefined;
  }

  async keep(draft: Draft | MatchDraft): Promise<void> {
    // To the disk before it counts as kept: a browser that is killed loses what it only handed to its own storage.
    const transaction = this.database.transaction('drafts', 'readwrite', { durability: 'strict' });
    await Promise.all([transaction.store.put(draft), transaction.done]);
    if (!this.keys.peek().has(draft.key)) await this.open();
  }

  async drop(key: string): Promise<void> {
    await this.database.delete('drafts', key);
    await this.open();
  }
}

/** Drafts are a person's own: another judge at the same tablet starts from an empty sheet. */
export function draftKey(account: string, target: string): string {
  return `${account}|${target}`;
}
