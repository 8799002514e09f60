/** A spectator's own team: which it is, how it stands, and when it runs next. */

import { signal, type Signal } from '@preact/signals';
import type { Entry, Run, ScheduleData, StandingsData, StandingsRow } from '../feed/shapes';

const KEPT_AS = 'baige.my-team.';

/** The chosen entry's id, kept on this phone for each competition; empty where none is chosen. */
export function keptTeam(slug: string): Signal<string> {
  const chosen = signal(localStorage.getItem(KEPT_AS + slug) ?? '');
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
  readonly run: Run;
  /** How many runs come before it on that field; 0 where it is on the field or the very next. */
  readonly before: number;
}

/** An entry's nearest run among those on the fields and the next few of each; null where it is not among them. */
export function nextRunOf(entry: string, schedule: ScheduleData): NextRun | null {
  const found = schedule.fields.flatMap((field) => {
    const coming = field.now ? [field.now, ...field.next] : field.next;
    const before = coming.findIndex((run) => run.entry.id === entry);
    const run = coming[before];
    return run ? [{ field: field.name, run, before }] : [];
  });
  return found.sort((one, other) => one.before - other.before)[0] ?? null;
}

/** Every entry there is to choose from, by name in the order of the language. */
export function allEntries(standings: readonly StandingsData[], language: string): Entry[] {
  const order = new Intl.Collator(language, { numeric: true });
  return standings.flatMap((data) => data.rows.map((row) => row.entry)).sort((one, other) => order.compare(one.team, other.team));
}
