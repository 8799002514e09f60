/** The card of the team a spectator follows, or the choice of one. */

import { useSignal, type Signal } from '@preact/signals';
import { locale, named, numberText, t, timeOfDayText, timeText, tn } from '../feed/i18n';
import type { Column, ScheduleData, StandingsData } from '../feed/shapes';
import { nextRunOf, standingOf, type NextRun, type Standing } from './my_team';
import { teamLabel, teamsFound, type Team } from './teams';

/** From so many teams on there is a box to search in. */
const MANY_TEAMS = 30;

interface Props {
  readonly schedule: ScheduleData;
  readonly teams: readonly Team[];
  readonly standings: readonly StandingsData[];
  readonly chosen: Signal<string>;
}

export function MyTeam({ schedule, teams, standings, chosen }: Props) {
  const standing = standingOf(chosen.value, standings);
  return (
    <section class="my-team" data-testid="my-team">
      <Choice teams={teams} chosen={chosen} />
      {standing && <Stands standing={standing} />}
      {standing?.data.frozen_at_utc && <p class="next">{t('Results are kept for the ceremony from {time}.', { time: timeOfDayText(new Date(standing.data.frozen_at_utc)) })}</p>}
      {standing && <Next next={nextRunOf(chosen.value, schedule)} />}
    </section>
  );
}

function Choice({ teams, chosen }: { teams: readonly Team[]; chosen: Signal<string> }) {
  const query = useSignal('');
  const found = teamsFound(teams, query.value, chosen.value, locale.value);
  return (
    <>
      {teams.length > MANY_TEAMS && chosen.value === '' && (
        <input
          class="form-control"
          type="search"
          autocomplete="off"
          value={query.value}
          placeholder={t('Number, team or school')}
          aria-label={t('Number, team or school')}
          data-testid="find-team"
          onInput={(typed) => (query.value = typed.currentTarget.value)}
        />
      )}
      <label>
        <span>{t('My team')}</span>
        <select class="form-select" value={chosen.value} onChange={(change) => (chosen.value = change.currentTarget.value)}>
          <option value="">{query.value.trim() === '' ? t('Choose a team to follow') : tn('{n} team found', '{n} teams found', found.length)}</option>
          {found.map((team) => (
            <option key={team.id} value={team.id}>
              {teamLabel(team, teams)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

function Stands({ standing: { data, row } }: { standing: Standing }) {
  const values = data.columns.map((column) => `${named(column.label)} ${valueText(column, row.values[column.name])}`);
  return (
    <p class="stands">
      <strong>{placeText(row.rank, data.published)}</strong>
      <span>{[named(data.division.name), ...(row.rank === null ? [] : values)].join(' · ')}</span>
    </p>
  );
}

function placeText(rank: number | null, isFinal: boolean): string {
  if (rank === null) return t('No place yet');
  return isFinal ? t('Place {rank}', { rank }) : t('Place {rank} so far', { rank });
}

function Next({ next }: { next: NextRun | null }) {
  if (!next) return null;
  const where = t('Field {name}', { name: next.field });
  if (next.turn.isOn) return <p class="next now">{t('{field}: on the field now', { field: where })}</p>;
  if (next.turn.isCalled) return <p class="next now">{t('{field}: called, please come', { field: where })}</p>;
  const planned = next.turn.plannedClock === null ? '' : ` · ${t('planned for {time}', { time: next.turn.plannedClock })}`;
  const words =
    next.before === 0
      ? t('{field}: the next to run', { field: where })
      : tn('{field}: {n} run before', '{field}: {n} runs before', next.before, { field: where });
  return <p class="next">{words + planned}</p>;
}

function valueText(column: Column, value: unknown): string {
  if (typeof value !== 'number') return '–';
  return column.type === 'time' ? timeText(value) : numberText(value);
}
