/** The teams a spectator may choose to follow: fetched once, because following every division's standings is too much. */

import { signal, type Signal } from '@preact/signals';
import { fits } from './finding';

export interface Team {
  readonly id: string;
  readonly number: number;
  readonly team: string;
  readonly organisation: string;
  /** The code of the division it competes in. */
  readonly division: string;
}

/** The teams of a competition; empty until they came. `whenConnected` calls back at each connection, to ask again. */
export function loadTeams(slug: string, whenConnected: (callback: () => void) => void): Signal<readonly Team[]> {
  const teams = signal<readonly Team[]>([]);
  const load = async (): Promise<void> => {
    try {
      const answer = await fetch(`/c/${encodeURIComponent(slug)}/teams.json`);
      if (answer.ok) teams.value = ((await answer.json()) as { teams: readonly Team[] }).teams;
    } catch {
      // Offline: asked again with the next connection.
    }
  };
  void load();
  whenConnected(() => void load());
  return teams;
}

/** Those that `query` may mean, by name in the order of the language; one already chosen stays among them. */
export function teamsFound(teams: readonly Team[], query: string, chosen: string, language: string): readonly Team[] {
  const order = new Intl.Collator(language, { numeric: true });
  const found = teams.filter((one) => one.id === chosen || query.trim() === String(one.number) || fits(query, one.team, one.organisation));
  return found.sort((one, other) => order.compare(one.team, other.team) || one.number - other.number);
}

/** What a team is called in a list: with its number where another has the same name. */
export function teamLabel(team: Team, teams: readonly Team[]): string {
  const isAlone = teams.every((one) => one.id === team.id || one.team !== team.team);
  return isAlone ? team.team : `${team.team} · № ${team.number}`;
}
