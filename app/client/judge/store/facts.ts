/** Single facts the tablet keeps across restarts, each under its own name and type. */

import type { Account, Me } from '../wire';
import type { Database } from './database';

interface Facts {
  /** Who signed in on this tablet last; kept when the session runs out, so that the same person can come back. */
  me: Me;
  accounts: readonly Account[];
  /** The account that signed out here while the server could not be told. */
  leaving: string;
  /** The field chosen by somebody who has several. */
  field: string;
}

export class FactStore {
  constructor(private readonly database: Database) {}

  async read<K extends keyof Facts>(name: K): Promise<Facts[K] | undefined> {
    return (await this.database.get('facts', name)) as Facts[K] | undefined;
  }

  async keep<K extends keyof Facts>(name: K, value: Facts[K]): Promise<void> {
    await this.database.put('facts', value, name);
  }

  async forget(name: keyof Facts): Promise<void> {
    await this.database.delete('facts', name);
  }
}
