/** A ruleset as the server sends it: `Ruleset.to_json()` of scoring/model.py, what the tablet draws and evaluates. */

export type Words = Readonly<Partial<Record<'kk' | 'ru' | 'en', string>>>;

/** A formula in plain CEL, and the names it takes from outside. */
export interface Formula {
  readonly cel: string;
  readonly uses: readonly string[];
}

export type FieldType = 'yes_no' | 'whole' | 'number' | 'time' | 'choice' | 'multiple_choice' | 'text' | 'rows';

export interface Option {
  readonly id: string;
  readonly label: Words;
  readonly points: number | null;
}

/** What a judge or a sensor enters; times are seconds. `source` is `judge` or the quantity a sensor measures. */
export interface Field {
  readonly id: string;
  readonly type: FieldType;
  readonly label: Words;
  readonly hint: Words | null;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly step: number | null;
  readonly required: boolean;
  readonly otherwise: number | boolean | string | null;
  readonly visible_if: Formula | null;
  readonly group: string | null;
  readonly source: string;
  readonly options: readonly Option[];
  readonly fields: readonly Field[];
  readonly min_rows: number;
  readonly max_rows: number;
}

/** Values by whole index, by option, or by the greatest `from` (first of the pair) not above the key. */
export type Table = readonly number[] | readonly (readonly [number, number])[] | Readonly<Record<string, number>>;

export interface NamedValue {
  readonly name: string;
  readonly label: Words | null;
  readonly formula: Formula;
}

export type ResultType = 'points' | 'time' | 'number';

export interface Result {
  readonly name: string;
  readonly type: ResultType;
  readonly label: Words;
  readonly unit: string | null;
  readonly shown: boolean;
  readonly max: number | null;
  readonly formula: Formula;
}

export interface Constraint {
  readonly code: string;
  readonly level: 'error' | 'warning';
  readonly fields: readonly string[];
  readonly message: Words;
  readonly require: Formula;
}

export interface Group {
  readonly id: string;
  readonly label: Words;
}

export interface Parameter {
  readonly name: string;
  readonly label: Words;
  readonly value: number;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly on_the_day: boolean;
  readonly not_found: boolean;
}

export interface Criterion {
  readonly by: string;
  readonly order: 'asc' | 'desc';
  readonly label: Words | null;
}

export interface Attempts {
  readonly count: number;
  readonly minimum: number;
  readonly limit_s: number | null;
  readonly window_s: number | null;
  readonly unused: 'skipped' | 'zero';
  readonly better: readonly Criterion[];
  readonly normalise: readonly { readonly name: string; readonly of: string; readonly order: 'asc' | 'desc' }[];
}

/** What the referee may count while a bout is fought, and what it leads to; see `Countdown` in scoring/contest.py. */
export interface Countdown {
  readonly id: string;
  readonly label: Words;
  readonly seconds: number;
  readonly of: 'side' | 'both';
  readonly then: 'lost' | 'won' | 'warning' | 'restart' | 'time_out';
}

/** How two sides meet; see `MatchRules` in scoring/contest.py. */
export interface Match {
  readonly bouts: number;
  readonly bout_limit_s: number | null;
  readonly break_s: number | null;
  readonly decided_by: 'bouts' | 'points' | 'score';
  readonly target: number | null;
  readonly warnings_to_loss: number | null;
  readonly false_starts_to_loss: number | null;
  readonly on_time_out: 'judge' | 'draw' | 'replay';
  readonly draws: 'allowed' | 'replayed' | 'decided';
  readonly score_difference_cap: number | null;
  /** Left out in rules kept from an older server. */
  readonly countdowns?: readonly Countdown[];
}

export interface RubricCriterion {
  readonly id: string;
  readonly label: Words;
  readonly min: number;
  readonly max: number;
  readonly weight: number;
  readonly step: number;
  readonly group: string | null;
  readonly note: boolean;
  readonly levels: readonly { readonly value: number; readonly text: Words }[];
}

export interface Ruleset {
  readonly id: string;
  readonly version: string;
  readonly kind: 'timed' | 'head_to_head' | 'judged';
  readonly digest: string;
  readonly label: Words;
  readonly description: Words | null;
  /** The largest mass and sizes inspection lets through, such as `mass_g`. */
  readonly robot: Readonly<Record<string, number>>;
  readonly parameters: readonly Parameter[];
  readonly groups: readonly Group[];
  readonly fields: readonly Field[];
  readonly tables: Readonly<Record<string, Table>>;
  readonly values: readonly NamedValue[];
  readonly results: readonly Result[];
  /** Names of values and results, each after what it uses. */
  readonly order: readonly string[];
  readonly constraints: readonly Constraint[];
  readonly attempts: Attempts;
  readonly match: Match | null;
  readonly ranking: readonly Criterion[];
  /** The result marks this discipline knows. */
  readonly marks: readonly ('DNF' | 'DNS' | 'DSQ')[];
  readonly rubric: { readonly criteria: readonly RubricCriterion[]; readonly judges_per_project: number } | null;
  readonly protest_window_min: number;
  readonly protest_fee: boolean;
  readonly sheets_per_run: number;
}

export type Row = { readonly [column: string]: Value | undefined };

/** What a field can hold; null and undefined are both unset. */
export type Value = boolean | number | string | readonly string[] | readonly Row[] | null;

export type Sheet = { readonly [field: string]: Value | undefined };

export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** Something wrong with a sheet: a code and facts; `message` is the ruleset's own sentence, for constraints. */
export interface SheetProblem {
  readonly code: string;
  readonly field: string | null;
  readonly fields: readonly string[];
  readonly facts: Facts;
  readonly message: Words | null;
}

/** What a sheet came to. With an error there are no results: a partial total would be believed. */
export interface Evaluation {
  readonly ok: boolean;
  readonly results: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, number | boolean | string>>;
  readonly warnings: readonly SheetProblem[];
  readonly errors: readonly SheetProblem[];
}
