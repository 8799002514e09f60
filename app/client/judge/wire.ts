/** The shapes the tablet sends and reads apart from live data, as docs/api.md describes them. */

export type { Sheet, Value, Words } from '../rules/types';
export type { Clock, Entry, QueueData, Result, Run, RunStatus } from '../feed/shapes';

export type Mark = 'DNS' | 'DNF' | 'DSQ';
export const MARKS: readonly Mark[] = ['DNS', 'DNF', 'DSQ'];

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
  readonly facts?: Readonly<Record<string, unknown>>;
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
