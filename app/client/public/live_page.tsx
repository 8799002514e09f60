/** My team and the fields, drawn from the schedule and every division's standings. */

import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Feed } from '../feed/feed';
import { useAnnouncements } from '../feed/announcements';
import { named, t, timeOfDayText } from '../feed/i18n';
import type { NoticesData, ScheduleData, StandingsData } from '../feed/shapes';
import { emergencyWords } from '../feed/emergency';
import { Icon } from '../tokens/icon';
import { FieldsNow } from './fields_now';
import { MyTeam } from './my_team_card';
import { NewsList } from './news_list';
import type { Team } from './teams';

const NONE: readonly StandingsData[] = [];

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly teams: Signal<readonly Team[]>;
  readonly chosen: Signal<string>;
}

export function LivePage({ feed, slug, teams, chosen }: Props) {
  const schedule = feed.topic<ScheduleData>(`c/${slug}/schedule`).value?.data;
  const standings = useOwnStandings(feed, slug, teams.value.find((team) => team.id === chosen.value)?.division);
  const notices = feed.topic<NoticesData>(`c/${slug}/notices`).value?.data;
  const emergency = notices?.emergency;
  const announcements = useAnnouncements(notices?.announcements, () => feed.serverNowMs());
  if (!schedule) return null;
  const since = feed.offlineSince.value;
  return (
    <>
      {emergency && (
        <p class="emergency" role="alert" data-testid="emergency">
          <Icon name="warning" /> {emergencyWords(emergency)}
        </p>
      )}
      {announcements.map((one) => (
        <p key={one.id} class="announcement" role="status" data-testid="announcement">
          <Icon name="megaphone" /> {named(one.text)}
        </p>
      ))}
      <NewsList chosen={chosen.value} schedule={schedule} standings={standings} />
      <p class="old" role="status">
        {since && (
          <>
            <Icon name="offline" /> {t('Offline since {time}', { time: timeOfDayText(since) })}
          </>
        )}
      </p>
      <MyTeam schedule={schedule} teams={teams.value} standings={standings} chosen={chosen} />
      <FieldsNow slug={slug} fields={schedule.fields} />
    </>
  );
}

/** The standings of the division my team is in, and of no other: nobody else's are sent to this phone. */
function useOwnStandings(feed: Feed, slug: string, division: string | undefined): readonly StandingsData[] {
  const topic = division === undefined ? null : `c/${slug}/division/${division}/standings`;
  useEffect(() => {
    return () => {
      if (topic) feed.leave(topic);
    };
  }, [feed, topic]);
  const data = topic ? feed.topic<StandingsData>(topic).value?.data : undefined;
  return data ? [data] : NONE;
}
