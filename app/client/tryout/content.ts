/** What the page gives the script: the ruleset, the formulas as they were written, and the worked examples. */

import type { Evaluation, Ruleset, Sheet } from '../rules/types';

/** Which rules the server is asked about. */
export interface Tried {
  readonly discipline: string | null;
  readonly text: string | null;
  readonly parameters: Readonly<Record<string, number>>;
}

export interface Content {
  readonly ruleset: Ruleset;
  readonly tried: Tried;
  /** By the name of a value or result. */
  readonly formulas: Readonly<Record<string, string>>;
  /** By the code of a constraint. */
  readonly conditions: Readonly<Record<string, string>>;
  readonly samples: readonly Sheet[];
}

/** The server's evaluation, or its refusal of the whole question. */
export type ServerEvaluation = Pick<Evaluation, 'ok'> & Partial<Evaluation>;

export interface Place {
  readonly id: string;
  readonly rank: number | null;
  readonly mark: string | null;
  readonly values: Readonly<Record<string, number | readonly number[] | null>>;
  readonly sentence: string;
}

export interface Ranked {
  readonly ok: boolean;
  readonly standings?: readonly Place[];
  readonly errors?: readonly { readonly code: string; readonly message: string }[];
}

/** The content of a page's element. Fields a sensor fills are entered by hand here. */
export function contentOf(root: HTMLElement): Content {
  const content = JSON.parse(root.dataset['content'] ?? '{}') as Content;
  const fields = content.ruleset.fields.map((field) => ({ ...field, source: 'judge' }));
  return { ...content, ruleset: { ...content.ruleset, fields } };
}
