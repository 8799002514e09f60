/** The shapes of live matches, as docs/api.md describes them. */

import type { Bout, Outcome, Taken } from '../rules/head_to_head';
import type { Arrival, Dispute, DivisionBrief, Entry, FieldData, Names, RunStatus } from './shapes';

export interface PhaseBrief {
  readonly id: string;
  /** Null where the rules name no phase. */
  readonly label: Names | null;
}

/** The clock of the bout under way, as its judge keeps it; it runs where `started_at_utc` is set. */
export interface BoutClock {
  readonly started_at_utc: string | null;
  readonly elapsed_s: number;
  readonly limit_s: number | null;
}

/** A countdown of the rules that its judge has running, against a side or against both (null). */
export interface CountingShown {
  readonly id: string;
  readonly label: Names;
  readonly seconds: number;
  readonly side: string | null;
  readonly started_at_utc: string;
}

export type Part = 'group' | 'swiss' | 'qualification' | 'upper' | 'lower' | 'final' | 'reset' | 'bronze' | 'practice';

export interface Match {
  readonly id: string;
  readonly target: string;
  readonly division: string;
  readonly field: string;
  readonly number: number;
  readonly phase: PhaseBrief;
  readonly part: Part;
  readonly group: number | null;
  readonly round: number;
  readonly slot: string | null;
  readonly game: number;
  readonly best_of: number;
  /** Two, or one for a bye. */
  readonly sides: readonly Entry[];
  readonly status: RunStatus;
  readonly version: number;
  readonly armed: boolean;
  readonly bouts: readonly Bout[];
  readonly bouts_most: number;
  readonly needed: number;
  readonly decided_by: 'bouts' | 'points' | 'score';
  readonly decision: string | null;
  /** Of drawn partners, who is not there. */
  readonly absent?: readonly string[];
  readonly clock: BoutClock;
  readonly countdowns?: readonly CountingShown[];
  readonly score: readonly number[];
  readonly taken: readonly Taken[];
  readonly outcome: Outcome['status'];
  readonly winner: string | null;
  readonly is_over: boolean;
  readonly walkover: boolean;
  readonly given: boolean;
  readonly void: boolean;
  readonly corrected: boolean;
  /** What the captains of either side did with it, by their entries' ids. */
  readonly captains?: Readonly<Record<string, 'signed' | 'refused'>>;
  readonly at_utc: string | null;
  readonly called_off: boolean;
  readonly replay_of: string | null;
  readonly replaced_by: string | null;
  readonly called_at_utc: string | null;
  readonly planned_at_utc?: string | null;
  readonly planned_clock?: string | null;
  /** It never counts. */
  readonly practice?: boolean;
  /** How the arrival of each side stands; told to those who judge. */
  readonly arrivals?: readonly Arrival[];
  /** Results of other tablets that came too late and say otherwise; told to judges only. */
  readonly disputes?: readonly Dispute[];
}

export interface BracketSide {
  readonly entry: Entry | null;
  readonly from: { readonly kind: 'seed' | 'winner' | 'loser'; readonly of: string | number };
  /** Games of the series won. */
  readonly wins: number;
}

export interface BracketSlot {
  readonly slot: string;
  readonly part: Part;
  readonly round: number;
  readonly best_of: number;
  readonly status: 'waiting' | 'ready' | 'played' | 'walkover' | 'void';
  readonly winner: string | null;
  readonly sides: readonly [BracketSide, BracketSide];
}

export interface TableRow {
  readonly rank: number | null;
  readonly entry: Entry;
  readonly values: Readonly<Record<string, number | null>>;
}

export interface Phase extends PhaseBrief {
  readonly format: string;
  readonly is_over: boolean;
  readonly tables: readonly (readonly TableRow[])[];
  readonly bracket: readonly BracketSlot[] | null;
  readonly champion: Entry | null;
}

/** Entries level at the line of a phase or group, of whom only so many go on. */
export interface Tie {
  readonly key: string;
  readonly needed: string;
  readonly places: number;
  readonly level: readonly Entry[];
}

export interface ContestData {
  readonly competition: FieldData['competition'];
  readonly division: DivisionBrief;
  readonly drawn: boolean;
  readonly is_over: boolean;
  readonly phases: readonly Phase[];
  readonly matches: readonly Match[];
  readonly ties: readonly Tie[];
  readonly frozen_at_utc: string | null;
}
