/** A field's queue as one person has it: what all its judges share, and what is their own (a panel's sheets, calls). */

import type { QueueData, Snapshot } from '../../feed/shapes';
import type { Account } from '../wire';

/** In place of an account: the sheets of every judge, which the chief judge is given. */
const EVERYBODY = 'all';

export interface QueueTopics {
  readonly shared: string;
  readonly sheets: string;
}

/** Where a field's queue is told to an account. */
export function queueTopics(slug: string, field: string, account: Account): QueueTopics {
  const shared = `c/${slug}/field/${field}/judging`;
  return { shared, sheets: `${shared}/${account.role === 'referee' ? EVERYBODY : account.id}` };
}

/** Both as one; null until the field was first heard. */
export function joinedQueue(
  shared: Snapshot<QueueData> | null,
  sheets: Snapshot<QueueData> | null,
  account: string,
): Snapshot<QueueData> | null {
  if (shared === null) return null;
  // What a tablet kept from before sheets had topics of their own has them among the others, and everybody's.
  const kept = shared.data.runs.filter((run) => (run.judge ?? null) === null || (!sheets && run.judge === account));
  const runs = [...kept, ...(sheets?.data.runs ?? [])];
  const divisions = { ...shared.data.divisions, ...sheets?.data.divisions };
  return { ...shared, data: { ...shared.data, runs, divisions, calls: sheets?.data.calls ?? {} } };
}
