/** Rulesets, fetched once and kept by digest, so that a sheet can be drawn and evaluated with the network off. */

import { get } from '../api';
import type { Ruleset } from '../../rules/types';
import type { Database } from './database';

export class RulesetStore {
  private readonly loaded = new Map<string, Ruleset>();

  constructor(private readonly database: Database) {}

  /** The ruleset with this digest; null if it was never fetched and cannot be now. */
  async load(slug: string, division: string, digest: string): Promise<Ruleset | null> {
    const known = this.loaded.get(digest) ?? (await this.kept(digest)) ?? (await this.fetch(slug, division, digest));
    if (known) this.loaded.set(digest, known);
    return known;
  }

  private async kept(digest: string): Promise<Ruleset | null> {
    const kept = await this.database.get('rulesets', digest);
    return kept ? (kept.ruleset as Ruleset) : null;
  }

  private async fetch(slug: string, division: string, digest: string): Promise<Ruleset | null> {
    const answer = await get<Ruleset>(`/api/v1/c/${slug}/divisions/${division}/ruleset`);
    if (answer.kind !== 'ok' || answer.body.digest !== digest) return null;
    await this.database.put('rulesets', { digest, ruleset: answer.body });
    return answer.body;
  }
}
