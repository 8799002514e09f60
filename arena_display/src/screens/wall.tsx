/** The wall: messages, rules and sponsors, each card for a while, in the organiser's order. */

import { useEffect, useState } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { locale, named, t } from '../../../app/client/feed/i18n';
import type { NoticesData, WallCard } from '../../../app/client/feed/shapes';
import { noticesTopic } from '../address';
import { Heading } from '../widgets/heading';
import { Message } from '../widgets/message';
import { Picture } from '../widgets/picture';
import { useFitting } from '../widgets/use_fitting';

const CARD_FOR_MS = 10_000;

export function WallScreen({ feed, slug }: { feed: Feed; slug: string }) {
  const topic = noticesTopic(slug);
  const data = feed.topic<NoticesData>(topic).value?.data;
  const index = useTurn(data?.cards.length ?? 0);
  if (feed.refused.value[topic]) return <Message text={t('There is no such competition.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  const card = data.cards[index];
  if (!card) return <Message title={named(data.competition.name)} text={t('Welcome!')} />;
  return <Shown key={index} card={card} competition={named(data.competition.name)} />;
}

function Shown({ card, competition }: { card: WallCard; competition: string }) {
  const picture = useFitting([card, locale.value]);
  const text = named(card.text);
  return (
    <main class={`wall ${card.kind}`} ref={picture} data-testid="wall">
      <Heading left={competition} right={kindText(card.kind)} />
      <div class="team">
        <Picture digest={card.picture} kind="poster" />
        <p class="name">{named(card.title)}</p>
        {text && <p class="said">{text}</p>}
      </div>
    </main>
  );
}

function kindText(kind: WallCard['kind']): string {
  switch (kind) {
    case 'message':
      return '';
    case 'rule':
      return t('Rules');
    case 'sponsor':
      return t('Our partners');
  }
}

function useTurn(count: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (count < 2) return undefined;
    const timer = setTimeout(() => setTurn(turn + 1), CARD_FOR_MS);
    return () => clearTimeout(timer);
  }, [turn, count]);
  return count === 0 ? 0 : turn % count;
}
