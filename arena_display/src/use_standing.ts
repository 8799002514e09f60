/** Where a run's entry stands in its division, as far as the public knows. */

import type { Feed } from '../../app/client/feed/feed';
import type { Run, StandingsData, StandingsRow } from '../../app/client/feed/shapes';
import { standingsTopic } from './address';

export interface Standing {
  readonly data: StandingsData;
  readonly row: StandingsRow;
}

/** Null until the division's standings have come. */
export function useStanding(feed: Feed, slug: string, run: Run): Standing | null {
  const data = feed.topic<StandingsData>(standingsTopic(slug, run.division)).value?.data;
  const row = data?.rows.find((one) => one.entry.id === run.entry.id);
  return data && row ? { data, row } : null;
}
