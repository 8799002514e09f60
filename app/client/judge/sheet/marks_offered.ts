/** Which marks a sheet offers instead of a result. */

import type { Ruleset } from '../../rules/types';
import { MARKS, type Mark } from '../wire';

/** Those the rules have; of a judged project only that its team did not come, for nobody finishes or fouls a talk. */
export function marksOffered(ruleset: Pick<Ruleset, 'kind' | 'marks'>): Mark[] {
  const offered = ruleset.kind === 'judged' ? (['DNS'] as const) : MARKS;
  return offered.filter((mark) => ruleset.marks.includes(mark));
}
