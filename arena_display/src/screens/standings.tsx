/** A division's standings: all rows get seen, page by page; a row that changed place moves there. */

import { useEffect, useMemo } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { locale, named, t } from '../../../app/client/feed/i18n';
import type { StandingsData } from '../../../app/client/feed/shapes';
import { standingsTopic } from '../address';
import { ofRegion, regionOf } from '../region';
import { Board } from '../widgets/board';
import { Heading } from '../widgets/heading';
import { Message } from '../widgets/message';
import { Frozen, StatusWord } from '../widgets/state_word';
import { usePages } from '../widgets/use_pages';

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly code: string;
  /** Only the entries of this region, by its code, ranked among themselves. */
  readonly region?: string | null;
  /** The entry whose run was the last, pointed out and shown first. */
  readonly highlight?: string;
  /** Called when every page has been seen. */
  readonly onSeen?: () => void;
}

export function StandingsScreen({ feed, slug, code, region = null, highlight = '', onSeen }: Props) {
  const topic = standingsTopic(slug, code);
  const all = feed.topic<StandingsData>(topic).value?.data;
  const data = useMemo(() => all && ofRegion(all, region), [all, region]);
  if (feed.refused.value[topic]) return <Message text={t('There is no such division.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  if (data.rows.length === 0) return <Message title={named(data.division.name)} text={t('There are no entries yet.')} />;
  return <Leaderboard data={data} regionName={named(regionOf(data, region))} highlight={highlight} onSeen={onSeen} />;
}

interface LeaderboardProps {
  readonly data: StandingsData;
  readonly regionName: string;
  readonly highlight: string;
  readonly onSeen: (() => void) | undefined;
}

function Leaderboard({ data, regionName, highlight, onSeen }: LeaderboardProps) {
  const pointedOut = data.rows.findIndex((row) => row.entry.id === highlight);
  const { room, list, page, pages, passes } = usePages(data.rows, pointedOut, locale.value);
  useEffect(() => {
    if (passes > 0) onSeen?.();
  }, [passes]);
  return (
    <main class="standings" data-testid="standings">
      <Heading left={[named(data.division.name), regionName].filter(Boolean).join(' · ')} right={pages > 1 ? `${page + 1}/${pages}` : ''}>
        {data.frozen_at_utc ? <Frozen atUtc={data.frozen_at_utc} /> : <StatusWord status={data.published ? 'OFFICIAL' : 'UNOFFICIAL'} />}
      </Heading>
      <Board data={data} highlight={highlight} room={room} list={list} />
    </main>
  );
}
