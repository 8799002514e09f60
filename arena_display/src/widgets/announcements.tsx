/** Announcements in a band under the picture: never over a run, a match, or what needs the whole screen. */

import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useAnnouncements } from '../../../app/client/feed/announcements';
import type { Feed } from '../../../app/client/feed/feed';
import { locale, named } from '../../../app/client/feed/i18n';
import type { FieldData, NoticesData, ShownView } from '../../../app/client/feed/shapes';
import { Icon } from '../../../app/client/tokens/icon';
import { fieldTopic, noticesTopic } from '../address';

/** Views of the hall as a whole; the choosing of alliances needs all of its screen. */
const OF_THE_HALL: readonly ShownView['view'][] = ['schedule', 'pit', 'wall', 'standings', 'bracket', 'blank'];
/** Views of a field, which is left in peace while something is on it. */
const OF_A_FIELD: readonly ShownView['view'][] = ['auto', 'field'];

const SHOWN_FOR_MS = 8_000;

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly shown: ShownView;
}

export function Announcements({ feed, slug, shown }: Props) {
  if (OF_THE_HALL.includes(shown.view)) return <Band feed={feed} slug={slug} />;
  if (shown.field !== null && OF_A_FIELD.includes(shown.view)) return <BesideAField feed={feed} slug={slug} code={shown.field} />;
  return null;
}

function BesideAField({ feed, slug, code }: { feed: Feed; slug: string; code: string }) {
  const data = feed.topic<FieldData>(fieldTopic(slug, code)).value?.data;
  if (!data || data.run || data.match) return null;
  return <Band feed={feed} slug={slug} />;
}

function Band({ feed, slug }: { feed: Feed; slug: string }) {
  const all = feed.topic<NoticesData>(noticesTopic(slug)).value?.data.announcements;
  const current = useAnnouncements(all, () => feed.serverNowMs());
  const turn = useTurn(current.length);
  const one = current[turn];
  // The picture above has less room, or more again: it fits itself anew.
  useLayoutEffect(() => {
    dispatchEvent(new Event('resize'));
    return () => {
      requestAnimationFrame(() => dispatchEvent(new Event('resize')));
    };
  }, [one?.id, locale.value]);
  if (!one) return null;
  return (
    <aside class="announcements" data-testid="announcements">
      <p>
        <Icon name="megaphone" /> <span>{named(one.text)}</span>
      </p>
    </aside>
  );
}

/** Several take turns, so that the picture keeps its room. */
function useTurn(count: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (count < 2) return undefined;
    const timer = setTimeout(() => setTurn(turn + 1), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [turn, count]);
  return count === 0 ? 0 : turn % count;
}
