/** The shapes of alliances, as docs/api.md describes them. */

import { t } from './i18n';
import type { DivisionBrief, Entry, FieldData } from './shapes';

/** Whom a side of a match stands for: everybody who plays for the alliance. No number: drawn for this match alone. */
export interface AllianceBrief {
  readonly number: number | null;
  readonly members: readonly Entry[];
}

/** Whether an entry is a side of a match, or plays in the alliance that is. */
export function standsFor(side: Entry, entry: string): boolean {
  return side.id === entry || (side.alliance?.members.some((member) => member.id === entry) ?? false);
}

/** What a side is called by: the number of its alliance, or the numbers of the teams on it. */
export function sideNumber(side: Entry): string {
  if (!side.alliance) return `№ ${side.number}`;
  if (side.alliance.number === null) return side.alliance.members.map((member) => `№ ${member.number}`).join(' · ');
  return t('Alliance {n}', { n: side.alliance.number });
}

/** A team by its place in the ranking that the captains came from. */
export interface RankedEntry {
  readonly rank: number;
  readonly entry: Entry;
}

export interface AllianceMember extends RankedEntry {
  readonly role: 'captain' | 'partner' | 'backup';
  /** A backup plays instead. */
  readonly resting: boolean;
  readonly withdrawn: boolean;
}

export interface Alliance {
  readonly number: number;
  /** False while its captain may still be picked by another. */
  readonly settled: boolean;
  /** How many teams are in it in the end, backups apart. */
  readonly places: number;
  readonly members: readonly AllianceMember[];
}

export interface AlliancesData {
  readonly competition: FieldData['competition'];
  readonly division: DivisionBrief;
  readonly stage: 'none' | 'choosing' | 'complete' | 'formed';
  readonly version: number;
  readonly turn: { readonly alliance: number; readonly round: number } | null;
  readonly alliances: readonly Alliance[];
  /** Who may be picked, or called as a backup, best first. */
  readonly available: readonly RankedEntry[];
  readonly declined: readonly RankedEntry[];
  readonly backups: number;
  readonly last: { readonly kind: 'picked' | 'declined' | 'backup'; readonly alliance: number | null; readonly entry: Entry } | null;
  readonly frozen_at_utc: string | null;
}
