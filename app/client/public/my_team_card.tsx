/** The card of the team a spectator follows, or the choice of one. */

import type { Signal } from '@preact/signals';
import { locale, named, numberText, t, timeOfDayText, timeText, tn } from '../feed/i18n';
import type { Column, ScheduleData, StandingsData } from '../feed/shapes';
import { allEntries, nextRunOf, standingOf, type NextRun, type Standing } from './my_team';

interface Props {
  readonly schedule: ScheduleData;
  readonly standings: readonly StandingsData[];
  readonly chosen: Signal<string>;
}

export function MyTeam({ schedule, standings, chosen }: Props) {
  const standing = standingOf(chosen.value, standings);
  return (
    <section class="my-team" data-testid="my-team">
      <label>
        <span>{t('My team')}</span>
        <select class="form-select" value={chosen.value} onChange={(change) => (chosen.value = change.currentTarget.value)}>
          <option value="">{t('Choose a team to follow')}</option>
          {allEntries(standings, locale.value).map((entry) => (
            <option key={entry.id} value={entry.id}>
              {entry.team}
            </option>
          ))}
        </select>
      </label>
      {standing && <Stands standing={standing} />}
      {standing?.data.frozen_at_utc && <p class="next">{t('Results are kept for the ceremony from {time}.', { time: timeOfDayText(new Date(standing.data.frozen_at_utc)) })}</p>}
      {standing && <Next next={nextRunOf(chosen.value, schedule)} />}
    </section>
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
  if (next.before === 0) return <p class="next">{t('{field}: the next to run', { field: where })}</p>;
  return <p class="next">{tn('{field}: {n} run before', '{field}: {n} runs before', next.before, { field: where })}</p>;
}

function valueText(column: Column, value: unknown): string {
  if (typeof value !== 'number') return '–';
  return column.type === 'time' ? timeText(value) : numberText(value);
}
