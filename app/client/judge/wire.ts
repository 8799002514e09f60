/** The shapes the tablet reads from the server, as docs/api.md describes them. */

export type Words = Partial<Record<'kk' | 'ru' | 'en', string>>;
export type Mark = 'DNS' | 'DNF' | 'DSQ';
export type RunStatus = 'START_LIST' | 'LIVE' | 'UNCONFIRMED' | 'UNOFFICIAL' | 'OFFICIAL' | 'PROTESTED';

/** A value of a score sheet; a field that is not set has no key at all, so that unset is never zero. */
export type SheetValue = number | boolean | string | readonly string[] | readonly Sheet[];
export interface Sheet {
  readonly [field: string]: SheetValue;
}

export interface Entry {
  readonly id: string;
  readonly number: number | string | null;
  readonly team: string;
  readonly organisation: string;
  readonly region: Words | null;
}

export interface Clock {
  readonly state: 'ready' | 'running' | 'stopped';
  readonly started_at_utc: string | null;
  readonly stopped_at_utc: string | null;
  readonly elapsed_us: number | null;
  readonly uncertainty_us: number | null;
  readonly limit_s: number | null;
  readonly simulated: boolean;
}

export interface ShownResult {
  readonly name: string;
  readonly label: Words;
  readonly type: 'points' | 'time' | 'number';
  readonly unit: string | null;
  readonly value: number | null;
}

export interface RunResult {
  readonly mark: Mark | null;
  readonly hand_time: boolean;
  readonly corrected: boolean;
  readonly shown: readonly ShownResult[];
  readonly sheet: Sheet;
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
  readonly result: RunResult | null;
  readonly rank: number | null;
}

/** What `c/<slug>/field/<code>/queue` carries. */
export interface QueueData {
  readonly field: { readonly code: string; readonly name: string };
  readonly runs: readonly Run[];
  readonly divisions: Readonly<Record<string, { readonly name: Words; readonly ruleset_digest: string }>>;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly competition: string | null;
  readonly fields: readonly string[];
  readonly locale?: string | null;
}

/** What `GET /api/v1/me` and signing in answer. */
export interface Me {
  readonly account: Account;
  readonly device: string;
  readonly epoch: number;
  readonly server_time_utc: string;
}

/** One thing that is wrong with a field of what was sent. */
export interface FieldProblem {
  readonly code: string;
  readonly field: string | null;
  readonly detail: string;
}

/** What somebody else did to the target meanwhile. */
export interface Change {
  readonly type: string;
  readonly by: string;
  readonly at_utc: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Receipt {
  readonly id: string;
  readonly status: 'accepted' | 'refused' | 'conflict';
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
  readonly changed: readonly Change[];
  readonly version: number | null;
  readonly epoch: number | null;
}
