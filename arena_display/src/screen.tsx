/** One screen: what its address or its steering says, with the language it speaks and the state of its connection. */

import type { Feed } from '../../app/client/feed/feed';
import { locale, t } from '../../app/client/feed/i18n';
import type { ScreenData } from '../../app/client/feed/shapes';
import type { Address } from './address';
import { FieldScreen } from './screens/field';
import { StandingsScreen } from './screens/standings';
import { useSteeredLocale } from './steering';
import { Footer } from './widgets/footer';
import { Message } from './widgets/message';

export function Screen({ address, feed }: { address: Address | null; feed: Feed }) {
  return (
    <div class="screen" lang={locale.value} data-offline={feed.offlineSince.value !== null}>
      <Shown address={address} feed={feed} />
      <Footer feed={feed} />
    </div>
  );
}

function Shown({ address, feed }: { address: Address | null; feed: Feed }) {
  switch (address?.kind) {
    case 'field':
      return <FieldScreen feed={feed} slug={address.slug} code={address.code} />;
    case 'division':
      return <StandingsScreen feed={feed} slug={address.slug} code={address.code} />;
    case 'steered':
      return <Steered feed={feed} id={address.id} />;
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
  const { competition, field, division, view } = steering;
  if (view === 'standings' && division) return <StandingsScreen key={division} feed={feed} slug={competition} code={division} />;
  if (view !== 'standings' && field) return <FieldScreen key={field} feed={feed} slug={competition} code={field} stays={view === 'field'} />;
  return <Message title={steering.name} text={t('The organiser chooses what this screen shows.')} />;
}
