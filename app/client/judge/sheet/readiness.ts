/** Whether a sheet can be confirmed now, and if not, why. */

import type { Ruleset } from '../../rules/types';
import type { Clock } from '../wire';
import type { Draft } from './draft';
import { ELAPSED_TIME } from './measured';
import type { Total } from './running_total';

export type Readiness =
  | { readonly kind: 'ready' }
  /** Complete but for times the field has, which this tablet cannot hear: the server fills them in. */
  | { readonly kind: 'time_from_field' }
  | { readonly kind: 'clock_not_stopped' }
  | { readonly kind: 'open_fields'; readonly ids: readonly string[] }
  | { readonly kind: 'broken_rules' }
  | { readonly kind: 'reason_needed' }
  /** The captain refuses, and has not said why. */
  | { readonly kind: 'refusal_unsaid' };

/** The shortest reason the server takes. */
export const SHORTEST_REASON = 3;

export function readiness(
  draft: Draft,
  ruleset: Ruleset,
  sum: Total,
  clock: Clock,
  isOffline: boolean,
): Readiness {
  if (draft.kind === 'correct' && draft.reason.trim().length < SHORTEST_REASON) return { kind: 'reason_needed' };
  if (draft.captain?.outcome === 'refused' && draft.captain.comment.trim() === '') return { kind: 'refusal_unsaid' };
  if (draft.mark !== null || sum.evaluation.ok) return { kind: 'ready' };
  const measured = new Set(
    ruleset.fields.filter((field) => field.source === ELAPSED_TIME).map((field) => field.id),
  );
  const byJudge = sum.open.filter((id) => !measured.has(id));
  if (byJudge.length > 0) return { kind: 'open_fields', ids: byJudge };
  if (sum.open.length < sum.evaluation.errors.length) return { kind: 'broken_rules' };
  const isMeasured = clock.state === 'stopped' && clock.by_hand !== true;
  return isOffline || isMeasured ? { kind: 'time_from_field' } : { kind: 'clock_not_stopped' };
}

export function mayConfirm(state: Readiness): boolean {
  return state.kind === 'ready' || state.kind === 'time_from_field';
}
