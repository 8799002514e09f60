/** One screen: what its address or its steering says, with the language it speaks and the state of its connection. */

import { useEffect } from 'preact/hooks';
import type { Feed } from '../../app/client/feed/feed';
import { locale, t } from '../../app/client/feed/i18n';
import type { ScreenData, ShownView } from '../../app/client/feed/shapes';
import type { Address } from './address';
import type { Presence } from './presence';
import { FieldScreen } from './screens/field';
import { FreshScreen } from './screens/fresh';
import { StandingsScreen } from './screens/standings';
import { shownNow } from './shown_now';
import { useSteeredLocale } from './steering';
import { useRotation } from './use_rotation';
import { Footer } from './widgets/footer';
import { Message } from './widgets/message';

interface Props {
  readonly address: Address | null;
  readonly feed: Feed;
  /** Null where this browser is nobody's screen: a spectator's phone, or a preview. */
  readonly presence: Presence | null;
}

export function Screen({ address, feed, presence }: Props) {
  return (
    <div class="screen" lang={locale.value} data-offline={feed.offlineSince.value !== null}>
      <Shown address={address} feed={feed} presence={presence} />
      <Footer feed={feed} />
    </div>
  );
}

function Shown({ address, feed, presence }: Props) {
  switch (address?.kind) {
    case 'field':
      return <FieldScreen feed={feed} slug={address.slug} code={address.code} />;
    case 'division':
      return <StandingsScreen feed={feed} slug={address.slug} code={address.code} />;
    case 'steered':
      return <Steered feed={feed} id={address.id} />;
    case 'fresh':
      return <FreshScreen code={presence?.code.value ?? null} />;
    case undefined:
      return <Message text={t('There is no such screen.')} />;
  }
}

function Steered({ feed, id }: { feed: Feed; id: string }) {
  const topic = `screen/${id}`;
  const steering = feed.topic<ScreenData>(topic).value?.data;
  useSteeredLocale(steering?.locale);
  if (feed.refused.value[topic]) return <Message text={t('There is no such screen.')} />;
  if (!steering) return <Message text={t('Waiting for the server …')} />;
  if (steering.view === 'rotation') return <Rotation feed={feed} steering={steering} />;
  return <View feed={feed} steering={steering} shown={{ ...steering, view: steering.view }} />;
}

function Rotation({ feed, steering }: { feed: Feed; steering: ScreenData }) {
  const step = useRotation(steering.steps);
  return step && <View feed={feed} steering={steering} shown={step} />;
}

function View({ feed, steering, shown }: { feed: Feed; steering: ScreenData; shown: ShownView }) {
  const { competition: slug } = steering;
  const { view, field, division, region } = shown;
  useEffect(() => {
    shownNow.value = [view, field ?? division ?? '', region ?? ''].filter(Boolean).join(' ');
  }, [view, field, division, region]);
  if (view === 'standings' && division) return <StandingsScreen key={division} feed={feed} slug={slug} code={division} region={region} />;
  if (view !== 'standings' && field) return <FieldScreen key={field} feed={feed} slug={slug} code={field} stays={view === 'field'} />;
  return <Message title={steering.name} text={t('The organiser chooses what this screen shows.')} />;
}
