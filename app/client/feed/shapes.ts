/** The shapes of live data, as docs/api.md describes them. */

import type { AllianceBrief } from './alliances';
import type { Match } from './matches';

export type Locale = 'kk' | 'ru' | 'en';
export type Names = Readonly<Record<Locale, string>>;

export interface Snapshot<T = unknown> {
  readonly topic: string;
  readonly epoch: number;
  readonly version: number;
  readonly at_utc: string;
  readonly data: T;
}

export interface Entry {
  readonly id: string;
  readonly number: number;
  readonly team: string;
  readonly organisation: string;
  readonly region: Names | null;
  readonly region_code: string | null;
  /** The digest of a picture that the server has at /pictures/<digest>.jpg. */
  readonly emblem?: string | null;
  /** Of a side that is an alliance; `team` then names all who play for it. */
  readonly alliance?: AllianceBrief;
}

export interface Clock {
  readonly state: 'ready' | 'running' | 'stopped';
  /** Started by a judge's tap, because the gates gave no time: then it has no `elapsed_us`. */
  readonly by_hand?: boolean;
  readonly started_at_utc: string | null;
  readonly stopped_at_utc: string | null;
  readonly elapsed_us: number | null;
  readonly uncertainty_us: number | null;
  readonly limit_s: number | null;
  readonly simulated: boolean;
  /** A start gate crossed before the signal. */
  readonly false_start?: boolean;
  /** Splits the finish found unpassed. */
  readonly missed?: readonly number[];
  /** Gates passed on the way, microseconds after the start. */
  readonly passes?: readonly Pass[];
}

export interface Pass {
  readonly role: 'split' | 'lap_gate' | 'zone' | 'touch';
  readonly number: number;
  readonly at_us: number | null;
}

export interface Column {
  readonly name: string;
  readonly label: Names;
  readonly type: 'points' | 'time' | 'number';
  readonly unit: string | null;
}

export interface ShownValue extends Column {
  readonly value: number | null;
}

export interface Result {
  readonly ok: boolean;
  readonly mark: string | null;
  readonly hand_time: boolean;
  /** The hand time is from a stopwatch of the judge's. */
  readonly stopwatch?: boolean;
  /** What the team's captain did with the sheet; null where nobody asked. */
  readonly captain?: CaptainWord | null;
  readonly corrected: boolean;
  readonly values: Readonly<Record<string, number | null>>;
  readonly shown: readonly ShownValue[];
  readonly sheet: Readonly<Record<string, unknown>>;
  readonly by: string;
  readonly at_utc: string;
}

/** `not_seen`: another sheet was shown to the captain than the one that counts. */
export type CaptainWord = 'signed' | 'refused' | 'not_seen';

export type RunStatus = 'START_LIST' | 'LIVE' | 'UNCONFIRMED' | 'UNOFFICIAL' | 'OFFICIAL' | 'PROTESTED';

/** One judge's sheet of a run that takes two; what it says is told once all are in and no two agree. */
export interface SubmittedSheet {
  readonly by: string;
  readonly at_utc: string;
  readonly sheet: Readonly<Record<string, unknown>> | null;
  readonly mark: string | null;
  /** What the team's captain did with this sheet. */
  readonly captain?: CaptainWord | null;
}

/** A sheet that came too late and says otherwise, until somebody settles it; its id is that of its command. */
export interface Dispute {
  readonly id: string;
  readonly by: string;
  readonly at_utc: string;
}

export interface Run {
  readonly id: string;
  readonly target: string;
  readonly division: string;
  readonly field: string;
  readonly attempt: number;
  readonly attempts: number;
  readonly position: number;
  readonly entry: Entry;
  readonly status: RunStatus;
  readonly version: number;
  readonly armed: boolean;
  readonly clock: Clock;
  readonly result: Result | null;
  readonly rank: number | null;
  /** Its result is kept for the ceremony; neither its clock nor its version is told meanwhile. */
  readonly sealed: boolean;
  /** When the entry was called to its field; null where it was not, or came. */
  readonly called_at_utc: string | null;
  /** The start that the plan of the day gives it. */
  readonly planned_at_utc?: string | null;
  /** The same as the clock at the venue shows it, hours and minutes. */
  readonly planned_clock?: string | null;
  /** Its result never counts. */
  readonly practice?: boolean;
  /** The run it is held again for, and the one that is held again for it. */
  readonly replay_of?: string | null;
  readonly replaced_by?: string | null;
  /** Its entry was taken out in mid-competition. */
  readonly withdrawn?: boolean;
  /** How many judges' sheets must agree, and those that are in. */
  readonly sheets_needed?: number;
  readonly sheets?: readonly SubmittedSheet[];
  readonly disputes?: readonly Dispute[];
  /** The account whose sheet of a judged project it is; null where it is anybody's. */
  readonly judge?: string | null;
  /** Told to judges only; null where nobody keeps that table at the door. */
  readonly arrival?: Arrival | null;
}

export interface Arrival {
  readonly checked_in: boolean | null;
  readonly inspection: 'to_do' | 'passed' | 'failed' | 'again' | null;
}

export interface DivisionBrief {
  readonly code: string;
  readonly name: Names;
  readonly discipline: string;
}

export interface FieldData {
  readonly competition: { readonly slug: string; readonly name: Names; readonly demo: boolean };
  readonly field: { readonly code: string; readonly name: string };
  readonly run: Run | null;
  readonly last: Run | null;
  readonly next: readonly Run[];
  readonly division: DivisionBrief | null;
  readonly match?: Match | null;
  readonly last_match?: Match | null;
  readonly next_matches?: readonly Match[];
}

export interface QueueData {
  readonly field: { readonly code: string; readonly name: string };
  /** How far the clock at the venue is from UTC. */
  readonly utc_offset_min?: number;
  readonly runs: readonly Run[];
  readonly matches?: readonly Match[];
  readonly divisions: Readonly<Record<string, { readonly name: Names; readonly ruleset_digest: string }>>;
  /** What was asked of the chief judge here in writing, and answered, by the calls' ids; told to whoever called. */
  readonly calls?: Readonly<Record<string, { readonly note: string | null; readonly answer: string | null }>>;
}

export interface StandingsRow {
  readonly rank: number | null;
  readonly entry: Entry;
  readonly mark: string | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly attempts: readonly {
    readonly attempt: number;
    readonly status: RunStatus;
    readonly mark: string | null;
    readonly values: Readonly<Record<string, number | null>> | null;
    readonly hand_time: boolean;
    readonly corrected: boolean;
  }[];
  readonly decided_by: string | null;
  readonly reason: Readonly<Record<string, unknown>>;
  readonly moved: number;
}

export interface StandingsData {
  readonly division: DivisionBrief;
  readonly columns: readonly Column[];
  readonly rows: readonly StandingsRow[];
  readonly unconfirmed: number;
  readonly published: boolean;
  /** Since when the public sees no change, or from when it will not; null where it sees everything. */
  readonly frozen_at_utc: string | null;
}

export interface CeremonyRow {
  readonly rank: number | null;
  readonly entry: Entry;
  readonly mark: string | null;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What was revealed so far: rows with the best first, the newest by their entries' ids. */
export interface CeremonyData {
  readonly competition: FieldData['competition'];
  readonly division: DivisionBrief;
  readonly columns: readonly Column[];
  readonly frozen_at_utc: string | null;
  readonly stage: 'open' | 'frozen' | 'places' | 'podium' | 'awards';
  readonly step: number;
  readonly rows: readonly CeremonyRow[];
  readonly newest: readonly string[];
  readonly awards: readonly { readonly title: Names; readonly entry: Entry }[];
}

export interface Emergency {
  readonly kind: 'evacuate' | 'stop' | 'medical' | 'own';
  readonly text: Names | null;
  readonly since_utc: string;
}

/** Something plain that everybody should know until a moment. */
export interface Announcement {
  readonly id: string;
  readonly text: Names;
  readonly since_utc: string;
  readonly until_utc: string;
}

export interface WallCard {
  readonly kind: 'message' | 'rule' | 'sponsor';
  readonly title: Names;
  readonly text: Names | null;
  /** The digest of a picture, as an entry's emblem. */
  readonly picture?: string | null;
}

export interface NoticesData {
  readonly competition: FieldData['competition'];
  readonly emergency: Emergency | null;
  readonly announcements?: readonly Announcement[];
  readonly cards: readonly WallCard[];
}

export interface FieldSchedule {
  readonly code: string;
  readonly name: string;
  readonly now: Run | null;
  readonly next: readonly Run[];
  readonly match_now?: Match | null;
  readonly next_matches?: readonly Match[];
  readonly done: number;
  readonly left: number;
  /** How many minutes this field is late. */
  readonly delay_min: number;
}

export interface ScheduleData {
  readonly competition: FieldData['competition'];
  readonly fields: readonly FieldSchedule[];
  readonly divisions: readonly DivisionBrief[];
}

export type ViewName = 'auto' | 'field' | 'timer' | 'overlay' | 'standings' | 'bracket' | 'alliances' | 'ceremony' | 'schedule' | 'pit' | 'wall' | 'blank';

/** What a screen, or a step of its rotation, shows. */
export interface ShownView {
  readonly view: ViewName;
  readonly field: string | null;
  readonly division: string | null;
  /** Only the entries of this region, by its code; null for all. */
  readonly region: string | null;
}

export interface ScreenStep extends ShownView {
  readonly seconds: number;
}

export interface ScreenData extends Omit<ShownView, 'view'> {
  readonly view: ShownView['view'] | 'rotation';
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly group: string;
  readonly competition: string;
  readonly locale: Locale | 'rotate';
  /** How loud its sounds are; 0 where it makes none. */
  readonly volume_percent: number;
  readonly steps: readonly ScreenStep[];
}
