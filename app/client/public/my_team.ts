/** A spectator's own team: which it is, how it stands, and when it runs next. */

import { signal, type Signal } from '@preact/signals';
import { standsFor } from '../feed/alliances';
import type { ScheduleData, StandingsData, StandingsRow } from '../feed/shapes';
import { turnNow, turnsNext, type Turn } from '../feed/turns';

const KEPT_AS = 'baige.my-team.';

/**
 * The chosen entry's id, kept on this phone for each competition; empty where none is chosen. An address that ends in
 * `?team=…`, as a badge's code leads to, chooses.
 */
export function keptTeam(slug: string, address: string = location.search): Signal<string> {
  const scanned = new URLSearchParams(address).get('team');
  const chosen = signal(scanned ?? localStorage.getItem(KEPT_AS + slug) ?? '');
  chosen.subscribe((id) => localStorage.setItem(KEPT_AS + slug, id));
  return chosen;
}

export interface Standing {
  readonly data: StandingsData;
  readonly row: StandingsRow;
}

/** Where an entry stands in the division it is in; null before its standings have come. */
export function standingOf(entry: string, standings: readonly StandingsData[]): Standing | null {
  for (const data of standings) {
    const row = data.rows.find((one) => one.entry.id === entry);
    if (row) return { data, row };
  }
  return null;
}

export interface NextRun {
  readonly field: string;
  readonly turn: Turn;
  /** How many turns come before it on that field; 0 where it is on the field or the very next. */
  readonly before: number;
}

/** An entry's nearest run or match among those on the fields and the next few of each; null where it is not among them. */
export function nextRunOf(entry: string, schedule: ScheduleData): NextRun | null {
  const found = schedule.fields.flatMap((field) => {
    const now = turnNow(field);
    const coming = now ? [now, ...turnsNext(field)] : turnsNext(field);
    const before = coming.findIndex((turn) => turn.entries.some((one) => standsFor(one, entry)));
    const turn = coming[before];
    return turn ? [{ field: field.name, turn, before }] : [];
  });
  return found.sort((one, other) => one.before - other.before)[0] ?? null;
}
