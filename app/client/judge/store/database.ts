/** The tablet's own database (IndexedDB): commands not yet answered, drafts, rulesets, and the last live state. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { Snapshot } from '../../feed/shapes';
import type { OutboxItem } from '../outbox/item';
import type { MatchDraft } from '../match/draft';
import type { Draft } from '../sheet/draft';

const NAME = 'baige-judge';
const VERSION = 1;

export interface KeptRuleset {
  readonly digest: string;
  readonly ruleset: unknown;
}

export interface JudgeSchema extends DBSchema {
  outbox: { key: number; value: OutboxItem };
  drafts: { key: string; value: Draft | MatchDraft };
  rulesets: { key: string; value: KeptRuleset };
  snapshots: { key: string; value: Snapshot };
  /** Single facts by name: who is signed in, the accounts to choose from, the language. */
  facts: { key: string; value: unknown };
}

export type Database = IDBPDatabase<JudgeSchema>;

/** Open the database, making its stores on first use. Rejects where the browser keeps none (private windows). */
export function openDatabase(name: string = NAME): Promise<Database> {
  return openDB<JudgeSchema>(name, VERSION, {
    upgrade(database) {
      database.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
      database.createObjectStore('drafts', { keyPath: 'key' });
      database.createObjectStore('rulesets', { keyPath: 'digest' });
      database.createObjectStore('snapshots', { keyPath: 'topic' });
      database.createObjectStore('facts');
    },
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
    },
  });
}
