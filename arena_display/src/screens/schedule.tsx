/** Every field's queue: who is on, who is next, who is called, how late it is. The pit's has more of who comes. */

import type { Feed } from '../../../app/client/feed/feed';
import { durationText, locale, named, t, tn } from '../../../app/client/feed/i18n';
import type { FieldSchedule, ScheduleData } from '../../../app/client/feed/shapes';
import { turnNow, turnsNext, turnText, type Turn } from '../../../app/client/feed/turns';
import { Icon } from '../../../app/client/tokens/icon';
import { scheduleTopic } from '../address';
import { Heading } from '../widgets/heading';
import { Message } from '../widgets/message';
import { usePages } from '../widgets/use_pages';

const SHOWN_NEXT = 2;

export function ScheduleScreen({ feed, slug, isPit }: { feed: Feed; slug: string; isPit: boolean }) {
  const topic = scheduleTopic(slug);
  const data = feed.topic<ScheduleData>(topic).value?.data;
  if (feed.refused.value[topic]) return <Message text={t('There is no such competition.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  return <Queues data={data} isPit={isPit} />;
}

function Queues({ data, isPit }: { data: ScheduleData; isPit: boolean }) {
  const { room, list, page, pages } = usePages(data.fields, -1, locale.value);
  return (
    <main class="schedule" data-testid={isPit ? 'pit' : 'schedule'}>
      <Heading left={isPit ? t('Pit') : t('Now and next')} right={pages > 1 ? `${page + 1}/${pages}` : named(data.competition.name)} />
      <div class="queues board-room" ref={room}>
        <div class="board-list" ref={list}>
          {data.fields.map((field) => (
            <Queue key={field.code} field={field} shownNext={isPit ? Infinity : SHOWN_NEXT} />
          ))}
        </div>
      </div>
    </main>
  );
}

/** A heading and a line for each who comes, side by side in the list, so that a long queue can go over pages. */
function Queue({ field, shownNext }: { field: FieldSchedule; shownNext: number }) {
  const now = turnNow(field);
  const next = turnsNext(field);
  const isOver = !now && next.length === 0;
  return (
    <>
      <header class="queue-head" data-testid={`queue-${field.code}`}>
        <h2>{t('Field {name}', { name: field.name })}</h2>
        {field.delay_min > 0 && (
          <span class="state tone-warn" data-testid="delay">
            <Icon name="clock" /> {t('Late by {time}', { time: durationText(field.delay_min) })}
          </span>
        )}
        <span>{isOver ? t('All runs are done.') : tn('{n} run left', '{n} runs left', field.left)}</span>
      </header>
      {now && <TurnLine field={field} turn={now} word={t('Now')} tone="now" />}
      {next.slice(0, shownNext).map((turn, index) => (
        <TurnLine key={turn.id} field={field} turn={turn} word={index === 0 ? t('Next') : t('Then')} tone={turn.isCalled ? 'called' : 'next'} />
      ))}
    </>
  );
}

interface TurnProps {
  readonly field: FieldSchedule;
  readonly turn: Turn;
  readonly word: string;
  readonly tone: 'now' | 'called' | 'next';
}

function TurnLine({ field, turn, word, tone }: TurnProps) {
  const region = turn.entries.length === 1 ? turn.entries[0]?.region : null;
  return (
    <p class={`turn ${tone}`} data-testid={tone}>
      <b class="of">{field.name}</b>
      <span class="word">{tone === 'called' ? t('Called') : word}</span>
      <span class="number">{turn.number}</span>
      <span class="who">
        {turnText(turn)} {region && <small>{named(region)}</small>}
      </span>
      <small class="attempt">
        {turn.plannedClock !== null && tone !== 'now' && <time data-testid="planned">{turn.plannedClock} · </time>}
        {turn.about}
      </small>
    </p>
  );
}
