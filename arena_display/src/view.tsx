/** The picture a view names, unless an emergency overrides it. */

import { useEffect } from 'preact/hooks';
import type { Feed } from '../../app/client/feed/feed';
import { t } from '../../app/client/feed/i18n';
import type { NoticesData, ShownView } from '../../app/client/feed/shapes';
import { noticesTopic } from './address';
import { AlliancesScreen } from './screens/alliances';
import { BracketScreen } from './screens/bracket';
import { CeremonyScreen } from './screens/ceremony';
import { EmergencyScreen } from './screens/emergency';
import { FieldScreen } from './screens/field';
import { OverlayScreen } from './screens/overlay';
import { ScheduleScreen } from './screens/schedule';
import { StandingsScreen } from './screens/standings';
import { TimerScreen } from './screens/timer';
import { WallScreen } from './screens/wall';
import { shownNow } from './shown_now';
import { Announcements } from './widgets/announcements';
import { Message } from './widgets/message';

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly shown: ShownView;
  /** The screen's own name, where it has one. */
  readonly name?: string;
}

export function View({ feed, slug, shown, name = '' }: Props) {
  const emergency = feed.topic<NoticesData>(noticesTopic(slug)).value?.data.emergency ?? null;
  useTold(shown);
  if (emergency) return <EmergencyScreen emergency={emergency} />;
  return (
    <>
      <Picture feed={feed} slug={slug} shown={shown} name={name} />
      <Announcements feed={feed} slug={slug} shown={shown} />
    </>
  );
}

function Picture({ feed, slug, shown, name }: Required<Props>) {
  const { view, field, division, region } = shown;
  const of = { feed, slug, key: `${view} ${field ?? division ?? ''}` };
  switch (view) {
    case 'schedule':
    case 'pit':
      return <ScheduleScreen {...of} isPit={view === 'pit'} />;
    case 'wall':
      return <WallScreen {...of} />;
    case 'blank':
      return <main data-testid="blank" />;
  }
  if (division !== null && view === 'standings') return <StandingsScreen {...of} code={division} region={region} />;
  if (division !== null && view === 'bracket') return <BracketScreen {...of} code={division} />;
  if (division !== null && view === 'alliances') return <AlliancesScreen {...of} code={division} />;
  if (division !== null && view === 'ceremony') return <CeremonyScreen {...of} code={division} />;
  if (field !== null && view === 'timer') return <TimerScreen {...of} code={field} />;
  if (field !== null && view === 'overlay') return <OverlayScreen {...of} code={field} />;
  if (field !== null) return <FieldScreen {...of} code={field} stays={view === 'field'} />;
  return <Message title={name} text={t('The organiser chooses what this screen shows.')} />;
}

/** Says what is drawn: for the desk to see, and for the styles of pictures that need the whole screen. */
function useTold({ view, field, division, region }: ShownView): void {
  useEffect(() => {
    shownNow.value = [view, field ?? division ?? '', region ?? ''].filter(Boolean).join(' ');
    document.documentElement.dataset['view'] = view;
  }, [view, field, division, region]);
}
