/** Which of two snapshots of a topic is the newer one. */

import type { Snapshot } from './shapes';

type Place = Pick<Snapshot, 'epoch' | 'version'>;

/** A lower version counts as newer only in a later epoch: the server was restored from a backup. */
export function isNewer(offered: Place, kept: Place | null): boolean {
  if (kept === null) return true;
  if (offered.epoch !== kept.epoch) return offered.epoch > kept.epoch;
  return offered.version > kept.version;
}
