/** One screen: what its address or its steering says, with the language it speaks and the state of its connection. */

import type { Feed } from '../../app/client/feed/feed';
import { locale, t } from '../../app/client/feed/i18n';
import type { ScreenData, ShownView } from '../../app/client/feed/shapes';
import type { Address } from './address';
import type { Presence } from './presence';
import { FreshScreen } from './screens/fresh';
import { useSteeredLocale } from './steering';
import { useRotation } from './use_rotation';
import { useVolume } from './use_sounds';
import { View } from './view';
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
    case 'shown':
      return <View feed={feed} slug={address.slug} shown={address.shown} />;
    case 'steered':
      return <Steered feed={feed} id={address.id} presence={presence} />;
    case 'fresh':
      return <FreshScreen code={presence?.code.value ?? null} />;
    case undefined:
      return <Message text={t('There is no such screen.')} />;
  }
}

function Steered({ feed, id, presence }: { feed: Feed; id: string; presence: Presence | null }) {
  const topic = `screen/${id}`;
  const steering = feed.topic<ScreenData>(topic).value?.data;
  useSteeredLocale(steering?.locale);
  useVolume(presence, steering?.volume_percent ?? 0);
  if (feed.refused.value[topic]) return <Message text={t('There is no such screen.')} />;
  if (!steering) return <Message text={t('Waiting for the server …')} />;
  if (steering.view === 'rotation') return <Rotation feed={feed} steering={steering} />;
  return <Told feed={feed} steering={steering} shown={{ ...steering, view: steering.view }} />;
}

function Rotation({ feed, steering }: { feed: Feed; steering: ScreenData }) {
  const step = useRotation(steering.steps);
  return step && <Told feed={feed} steering={steering} shown={step} />;
}

function Told({ feed, steering, shown }: { feed: Feed; steering: ScreenData; shown: ShownView }) {
  return <View feed={feed} slug={steering.competition} shown={shown} name={steering.name} />;
}
