/** News of the team a spectator follows, on top of the page until it is read; the phone hums if it can. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { t, timeOfDayText } from '../feed/i18n';
import type { ScheduleData, StandingsData } from '../feed/shapes';
import { newsOf, situationOf, type News, type Situation } from './news';

const KEPT_NEWS = 3;
const HUM_MS = [120, 60, 120];

interface Told {
  readonly at: Date;
  readonly news: News;
}

interface Props {
  readonly chosen: string;
  readonly schedule: ScheduleData;
  readonly standings: readonly StandingsData[];
}

export function NewsList({ chosen, schedule, standings }: Props) {
  const [told, setTold] = useState<readonly Told[]>([]);
  const before = useRef<Situation | null>(null);
  useEffect(() => {
    const now = situationOf(chosen, schedule, standings);
    const news = chosen === '' ? null : newsOf(before.current, now);
    if (before.current?.entry !== chosen) setTold([]);
    before.current = now;
    if (!news) return;
    setTold((kept) => [{ at: new Date(), news }, ...kept].slice(0, KEPT_NEWS));
    // Phones without it, and pages nobody touched yet, simply stay still.
    if ('vibrate' in navigator) navigator.vibrate(HUM_MS);
  }, [chosen, schedule, standings]);
  return (
    <ul class="news plain-list" aria-live="polite" data-testid="news">
      {told.map((one) => (
        <li key={one.at.getTime()} class={one.news.kind}>
          <span>
            <small>{timeOfDayText(one.at)}</small> {wording(one.news)}
          </span>
          <button type="button" class="btn-close" aria-label={t('Close')} onClick={() => setTold((kept) => kept.filter((other) => other !== one))} />
        </li>
      ))}
    </ul>
  );
}

function wording(news: News): string {
  switch (news.kind) {
    case 'next':
      return t('Your team is the next to run on field {name}.', { name: news.field });
    case 'called':
      return t('Your team is called to field {name}.', { name: news.field });
    case 'on_field':
      return t('Your team is on field {name} now.', { name: news.field });
    case 'result':
      return news.rank === null ? t('Your team has a new result.') : t('Your team has a new result: place {rank} so far.', { rank: news.rank });
    case 'moved':
      return news.rank < news.before
        ? t('Your team went up to place {rank}.', { rank: news.rank })
        : t('Your team is now in place {rank}.', { rank: news.rank });
  }
}
