/** What a sheet comes to: for certain when it is complete, and so far while fields are still open. */

import { evaluate, type Evaluation, type Field, type Ruleset, type Sheet, type Value } from '../../rules/sheet';
import { placed, type Place } from './draft';

export interface Total {
  /** The sheet's own evaluation: its problems, its warnings, and its results if it is complete. */
  readonly evaluation: Evaluation;
  /** Ids of required fields that are still unset, in order. */
  readonly open: readonly string[];
  /** Points and values with every open field at its least; null if that cannot be told. Never what is sent. */
  readonly soFar: Evaluation | null;
}

export function total(ruleset: Ruleset, sheet: Sheet): Total {
  const evaluation = evaluate(ruleset, sheet);
  if (evaluation.ok) return { evaluation, open: [], soFar: null };
  const open = evaluation.errors.filter((error) => error.code === 'required').map((error) => error.field ?? '');
  const onlyOpen = open.length === evaluation.errors.length;
  return { evaluation, open, soFar: onlyOpen ? leastOf(ruleset, sheet, open) : null };
}

/** How many values break a rule: fields that are set wrongly, and rules between fields that do not hold. */
export function broken({ evaluation }: Pick<Total, 'evaluation'>): number {
  const wrong = evaluation.errors.filter((error) => error.code !== 'required');
  return new Set(wrong.map((error) => error.field ?? `${error.code} ${error.fields.join()}`)).size;
}

function leastOf(ruleset: Ruleset, sheet: Sheet, open: readonly string[]): Evaluation | null {
  let probe = sheet;
  for (const path of open) {
    const place = placeOf(path);
    const field = fieldAt(ruleset, place);
    const least = field ? leastValue(field) : undefined;
    if (least === undefined) return null;
    probe = placed(probe, place, least);
  }
  const evaluation = evaluate(ruleset, probe);
  return evaluation.ok ? evaluation : null;
}

/** Where a problem's path leads: `maze`, or `victims.0.kind` for a column of a row. */
function placeOf(path: string): Place {
  const [id = '', row, column] = path.split('.');
  return row === undefined || column === undefined ? [id] : [id, Number(row), column];
}

function fieldAt(ruleset: Ruleset, [id, , column]: Place): Field | undefined {
  const field = ruleset.fields.find((candidate) => candidate.id === id);
  return column === undefined ? field : field?.fields.find((candidate) => candidate.id === column);
}

function leastValue(field: Field): Value | undefined {
  switch (field.type) {
    case 'yes_no':
      return false;
    case 'whole':
    case 'number':
    case 'time':
      return Math.max(0, field.min ?? 0);
    case 'choice':
      return cheapest(field);
    case 'multiple_choice':
    case 'rows':
      return [];
    default:
      return undefined;
  }
}

function cheapest(field: Field): string | undefined {
  if (field.options.some((option) => option.points === null)) return undefined;
  return [...field.options].sort((one, other) => (one.points ?? 0) - (other.points ?? 0))[0]?.id;
}
