/** Rulesets, fetched once and kept by digest, so that a sheet can be drawn and evaluated with the network off. */

import { get } from '../api';
import type { Ruleset } from '../../rules/types';
import type { Database } from './database';

export interface RulesetAddress {
  readonly slug: string;
  readonly division: string;
  /** The one the competition pinned; another one is not taken for it. */
  readonly digest: string;
}

export class RulesetStore {
  constructor(private readonly database: Database) {}

  async kept(digest: string): Promise<Ruleset | null> {
    const kept = await this.database.get('rulesets', digest);
    return kept ? (kept.ruleset as Ruleset) : null;
  }

  /** Fetch a ruleset and keep it; null if the server is out of reach or has another one by now. */
  async fetch({ slug, division, digest }: RulesetAddress): Promise<Ruleset | null> {
    const answer = await get<Ruleset>(`/api/v1/c/${slug}/divisions/${division}/ruleset`);
    if (answer.kind !== 'ok' || answer.body.digest !== digest) return null;
    await this.database.put('rulesets', { digest, ruleset: answer.body });
    return answer.body;
  }
}
