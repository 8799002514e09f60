/** Sheets that were tried, as attempts of made-up teams, ranked by the server with the reason for each place. */

import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

import { t } from '../feed/i18n';
import type { Draft } from '../judge/sheet/draft';
import type { Content } from './content';
import { TriesRanking } from './tries_ranking';

const TEAMS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

export function SheetTries({ content, tries }: { content: Content; tries: Signal<readonly Draft[]> }): JSX.Element | null {
  const teams = useSignal<readonly string[]>([]);
  if (tries.value.length === 0) return null;
  const teamOf = (at: number): string => teams.value[at] ?? TEAMS[at % TEAMS.length] ?? 'A';
  const setTeam = (at: number, team: string): void => {
    teams.value = tries.value.map((_, other) => (other === at ? team : teamOf(other)));
  };
  const takeOut = (at: number): void => {
    teams.value = tries.value.map((_, other) => teamOf(other)).filter((_, other) => other !== at);
    tries.value = tries.value.filter((_, other) => other !== at);
  };
  return (
    <section class="tries" data-testid="tries">
      <h2>{t('Table of tries')}</h2>
      <ul>
        {tries.value.map((draft, at) => (
          <li key={at}>
            <label>
              {t('Attempt {n} of team', { n: tries.value.slice(0, at + 1).filter((_, i) => teamOf(i) === teamOf(at)).length })}{' '}
              <select class="form-select d-inline-block w-auto" value={teamOf(at)} onChange={(event) => setTeam(at, event.currentTarget.value)}>
                {TEAMS.map((team) => (
                  <option key={team}>{team}</option>
                ))}
              </select>
            </label>{' '}
            <code>{draft.mark ?? JSON.stringify(draft.sheet)}</code>{' '}
            <button class="btn btn-sm" onClick={() => takeOut(at)}>
              {t('Take out')}
            </button>
          </li>
        ))}
      </ul>
      <TriesRanking content={content} results={{ entries: entriesOf(tries.value, teamOf) }} />
    </section>
  );
}

function entriesOf(tries: readonly Draft[], teamOf: (at: number) => string): unknown[] {
  const used = TEAMS.filter((team) => tries.some((_, at) => teamOf(at) === team));
  return used.map((team) => ({
    id: team,
    attempts: tries.filter((_, at) => teamOf(at) === team).map(({ mark, sheet }) => (mark ? { mark } : { sheet })),
  }));
}
