/** Whether the tablet would start and be of use with the network off, and if not, what is missing. */

import type { QueueData } from '../feed/shapes';
import type { Persistence } from './store/persistence';
import type { PageKept } from './worker/registration';

export type OfflineStart =
  | { readonly kind: 'ready' }
  /** Ready, but the browser may throw it all away when space runs short. */
  | { readonly kind: 'unsure' }
  | { readonly kind: 'page_missing'; readonly reason: string }
  /** Being kept just now. */
  | { readonly kind: 'page_coming' }
  | { readonly kind: 'queue_missing' }
  | { readonly kind: 'rules_missing'; readonly divisions: readonly string[] };

export function offlineStart(
  pageKept: PageKept,
  queue: Pick<QueueData, 'divisions'> | null,
  rulesets: Readonly<Record<string, unknown>>,
  persistence: Persistence,
): OfflineStart {
  if (pageKept.kind === 'failed') return { kind: 'page_missing', reason: pageKept.reason };
  if (pageKept.kind === 'asking') return { kind: 'page_coming' };
  if (queue === null) return { kind: 'queue_missing' };
  const divisions = Object.entries(queue.divisions)
    .filter(([, { ruleset_digest: digest }]) => !(digest in rulesets))
    .map(([code]) => code);
  if (divisions.length > 0) return { kind: 'rules_missing', divisions };
  return { kind: persistence === 'refused' ? 'unsure' : 'ready' };
}
