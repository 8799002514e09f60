/** Calls for the chief judge, as live data tells judges of them. */

export type CallReason = 'rules' | 'team' | 'field' | 'safety' | 'judge' | 'other';
export type CallOutcome = 'stands' | 'changed' | 'replay' | 'explained' | 'other';

export interface Escalation {
  readonly id: string;
  /** `c/<slug>/escalation/<id>` */
  readonly target: string;
  readonly field: string;
  /** What it is about: the address of a run, a match, or the field. */
  readonly about: string;
  readonly reason: CallReason;
  readonly by: string;
  /** When the judge tapped, by the server's clock. */
  readonly at_utc: string;
  readonly state: 'open' | 'coming' | 'settled' | 'taken_back';
  readonly outcome: CallOutcome | null;
  readonly answered_by: string | null;
  readonly answered_at_utc: string | null;
}

export interface EscalationsData {
  readonly escalations: readonly Escalation[];
}
