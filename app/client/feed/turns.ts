/** Who is on a field and who comes, whether in runs or in matches: what queues show of both. */

import { named, t } from './i18n';
import type { Match } from './matches';
import type { Entry, FieldSchedule, Run } from './shapes';

export interface Turn {
  readonly id: string;
  /** The entry's number, or the match's; a dash for practice. */
  readonly number: number | '–';
  readonly entries: readonly Entry[];
  readonly about: string;
  readonly isOn: boolean;
  readonly isCalled: boolean;
  /** When the plan of the day has it, by the clock at the venue; null where it says nothing. */
  readonly plannedClock: string | null;
}

/** The turn on the field; null while nobody is. */
export function turnNow(field: FieldSchedule): Turn | null {
  if (field.match_now) return turnOfMatch(field.match_now);
  return field.now ? turnOfRun(field.now) : null;
}

/** The next few turns, runs before matches. */
export function turnsNext(field: FieldSchedule): readonly Turn[] {
  return [...field.next.map(turnOfRun), ...(field.next_matches ?? []).map(turnOfMatch)];
}

export function turnText(turn: Turn): string {
  return turn.entries.map((entry) => entry.team).join(' – ');
}

function turnOfRun(run: Run): Turn {
  return {
    id: run.id,
    number: run.entry.number,
    entries: [run.entry],
    about: t('attempt {n} of {of}', { n: run.attempt, of: run.attempts }),
    isOn: run.armed || run.status === 'LIVE',
    isCalled: run.called_at_utc !== null,
    plannedClock: run.planned_clock ?? null,
  };
}

function turnOfMatch(match: Match): Turn {
  const isPractice = match.practice === true;
  const place = [named(match.phase.label), t('match {n}', { n: match.number })].filter(Boolean).join(' · ');
  return {
    id: match.id,
    number: isPractice ? '–' : match.number,
    entries: match.sides,
    about: isPractice ? t('Practice match') : place,
    isOn: match.armed,
    isCalled: match.called_at_utc !== null,
    plannedClock: match.planned_clock ?? null,
  };
}
