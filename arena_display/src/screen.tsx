/** One screen: what its address or its steering says, with the language it speaks and the state of its connection. */

import { useEffect } from 'preact/hooks';
import type { Feed } from '../../app/client/feed/feed';
import { LOCALES, locale, setLocale, t } from '../../app/client/feed/i18n';
import type { ScreenData } from '../../app/client/feed/shapes';
import type { Address } from './address';
import { FieldScreen } from './screens/field';
import { StandingsScreen } from './screens/standings';
import { Footer } from './widgets/footer';
import { Message } from './widgets/message';

const ROTATE_EVERY_MS = 12_000;

export function Screen({ address, feed }: { address: Address | null; feed: Feed }) {
  return (
    <div class="screen" lang={locale.value}>
      {address === null ? <Message text={t('There is no such screen.')} /> : <Shown address={address} feed={feed} />}
      <Footer feed={feed} />
    </div>
  );
}

function Shown({ address, feed }: { address: Address; feed: Feed }) {
  if (address.kind === 'field') return <FieldScreen feed={feed} slug={address.slug} code={address.code} />;
  if (address.kind === 'division') return <StandingsScreen feed={feed} slug={address.slug} code={address.code} />;
  return <Steered feed={feed} id={address.id} />;
}

function Steered({ feed, id }: { feed: Feed; id: string }) {
  const topic = `screen/${id}`;
  const steering = feed.topic<ScreenData>(topic).value?.data;
  useLanguage(steering?.locale);
  if (feed.refused.value[topic]) return <Message text={t('There is no such screen.')} />;
  if (!steering) return <Message text={t('Waiting for the server …')} />;
  const { competition, field, division, view } = steering;
  if (view === 'standings' && division) return <StandingsScreen feed={feed} slug={competition} code={division} />;
  if (field) return <FieldScreen feed={feed} slug={competition} code={field} stays={view === 'field'} />;
  return <Message text={t('This screen has nothing to show yet.')} />;
}

/** Speak the language the steering asks for, or each of them in turn. */
function useLanguage(wanted: ScreenData['locale'] | undefined): void {
  useEffect(() => {
    if (wanted === undefined) return undefined;
    if (wanted !== 'rotate') {
      setLocale(wanted);
      return undefined;
    }
    const turn = setInterval(() => {
      const next = LOCALES[(LOCALES.indexOf(locale.value) + 1) % LOCALES.length];
      if (next) setLocale(next);
    }, ROTATE_EVERY_MS);
    return () => clearInterval(turn);
  }, [wanted]);
}
