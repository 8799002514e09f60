/** Unfinished score sheets, kept on every change so that a killed browser loses nothing. */

import type { Draft } from '../sheet/draft';
import type { Database } from './database';

export class DraftStore {
  constructor(private readonly database: Database) {}

  read(key: string): Promise<Draft | undefined> {
    return this.database.get('drafts', key);
  }

  async keys(): Promise<ReadonlySet<string>> {
    return new Set(await this.database.getAllKeys('drafts'));
  }

  async keep(draft: Draft): Promise<void> {
    await this.database.put('drafts', draft);
  }

  async drop(key: string): Promise<void> {
    await this.database.delete('drafts', key);
  }
}

/** Drafts are a person's own: another judge at the same tablet starts from an empty sheet. */
export function draftKey(account: string, target: string): string {
  return `${account}|${target}`;
}
