/** What has become new for the team a spectator follows: from how things stood to how they stand. */

import type { ScheduleData, StandingsData } from '../feed/shapes';
import { nextRunOf, standingOf } from './my_team';

/** How things stand for a team, as far as a spectator wants to be told. */
export interface Situation {
  readonly entry: string;
  readonly run: string | null;
  readonly field: string;
  readonly phase: 'none' | 'waiting' | 'next' | 'called' | 'on_field';
  readonly rank: number | null;
  /** The attempts that have a result, and the matches played. */
  readonly done: number;
  readonly isFrozen: boolean;
}

export type News =
  | { readonly kind: 'next' | 'called' | 'on_field'; readonly field: string }
  | { readonly kind: 'result'; readonly rank: number | null }
  | { readonly kind: 'moved'; readonly rank: number; readonly before: number };

export function situationOf(entry: string, schedule: ScheduleData, standings: readonly StandingsData[]): Situation {
  const next = nextRunOf(entry, schedule);
  const standing = standingOf(entry, standings);
  const attempts = standing?.row.attempts.filter((attempt) => attempt.values !== null || attempt.mark !== null).length ?? 0;
  const played = standing?.row.values['played'];
  const done = attempts + (typeof played === 'number' ? played : 0);
  return {
    entry,
    run: next?.turn.id ?? null,
    field: next?.field ?? '',
    phase: phaseOf(next),
    rank: standing?.row.rank ?? null,
    done,
    isFrozen: Boolean(standing?.data.frozen_at_utc),
  };
}

/** The most important news alone: a person looks up once. Another team, or the first look, is no news. */
export function newsOf(before: Situation | null, now: Situation): News | null {
  if (before?.entry !== now.entry) return null;
  const isOtherRun = before.run !== now.run;
  const isTold = now.phase !== 'none' && now.phase !== 'waiting';
  if (isTold && (isOtherRun || before.phase !== now.phase)) return { kind: now.phase, field: now.field };
  if (now.isFrozen) return null;
  if (now.done > before.done) return { kind: 'result', rank: now.rank };
  if (before.rank === null || now.rank === null || before.rank === now.rank) return null;
  return { kind: 'moved', rank: now.rank, before: before.rank };
}

function phaseOf(next: ReturnType<typeof nextRunOf>): Situation['phase'] {
  if (!next) return 'none';
  if (next.turn.isOn) return 'on_field';
  if (next.turn.isCalled) return 'called';
  return next.before === 0 ? 'next' : 'waiting';
}
