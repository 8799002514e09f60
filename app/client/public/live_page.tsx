/** My team and the fields, drawn from the schedule and every division's standings. */

import type { Signal } from '@preact/signals';
import type { Feed } from '../feed/feed';
import { t, timeOfDayText } from '../feed/i18n';
import type { NoticesData, ScheduleData, StandingsData } from '../feed/shapes';
import { emergencyWords } from '../feed/emergency';
import { Icon } from '../tokens/icon';
import { FieldsNow } from './fields_now';
import { MyTeam } from './my_team_card';
import { NewsList } from './news_list';

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly chosen: Signal<string>;
}

export function LivePage({ feed, slug, chosen }: Props) {
  const schedule = feed.topic<ScheduleData>(`c/${slug}/schedule`).value?.data;
  const emergency = feed.topic<NoticesData>(`c/${slug}/notices`).value?.data.emergency;
  if (!schedule) return null;
  const standings = schedule.divisions.flatMap(({ code }) => {
    const data = feed.topic<StandingsData>(`c/${slug}/division/${code}/standings`).value?.data;
    return data ? [data] : [];
  });
  const since = feed.offlineSince.value;
  return (
    <>
      {emergency && (
        <p class="emergency" role="alert" data-testid="emergency">
          <Icon name="warning" /> {emergencyWords(emergency)}
        </p>
      )}
      <NewsList chosen={chosen.value} schedule={schedule} standings={standings} />
      <p class="old" role="status">
        {since && (
          <>
            <Icon name="offline" /> {t('Offline since {time}', { time: timeOfDayText(since) })}
          </>
        )}
      </p>
      <MyTeam schedule={schedule} standings={standings} chosen={chosen} />
      <FieldsNow slug={slug} fields={schedule.fields} />
    </>
  );
}
