/** Alliance selection before the hall: whose turn it is, what happened last, the alliances, who can be picked. */

import { useEffect, useState } from 'preact/hooks';
import type { Alliance, AlliancesData, RankedEntry } from '../../../app/client/feed/alliances';
import type { Feed } from '../../../app/client/feed/feed';
import { locale, named, t } from '../../../app/client/feed/i18n';
import { alliancesTopic } from '../address';
import { chunks } from '../bracket_pages';
import { AllianceLine } from '../widgets/alliance_line';
import { Heading } from '../widgets/heading';
import { Message } from '../widgets/message';
import { Frozen } from '../widgets/state_word';
import { usePages } from '../widgets/use_pages';

/** So many alliances of such names leave room for larger letters. */
const FEW = 4;
const SHORT_NAME = 20;
const NAMES_AT_ONCE = 3;
const NAMES_FOR_MS = 5_000;

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly code: string;
}

export function AlliancesScreen({ feed, slug, code }: Props) {
  const topic = alliancesTopic(slug, code);
  const data = feed.topic<AlliancesData>(topic).value?.data;
  if (feed.refused.value[topic]) return <Message text={t('There are no alliances in this division.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  if (data.stage === 'none') return <Message title={named(data.division.name)} text={t('The alliances are not chosen yet.')} />;
  return <Selection data={data} />;
}

function Selection({ data }: { data: AlliancesData }) {
  const onTurn = data.turn ? data.turn.alliance - 1 : -1;
  const { room, list, page, pages } = usePages(data.alliances, onTurn, locale.value);
  return (
    <main class="contest" data-testid="alliances" data-stage={data.stage} data-large={isRoomy(data.alliances)}>
      <Heading left={`${named(data.division.name)} · ${t('Alliances')}`} right={pages > 1 ? `${page + 1}/${pages}` : ''}>
        {data.frozen_at_utc && <Frozen atUtc={data.frozen_at_utc} />}
        {data.turn && <span>{t('round {n}', { n: data.turn.round })}</span>}
      </Heading>
      <Turn data={data} />
      <div class="board-room" ref={room}>
        <div class="board-list" ref={list}>
          {data.alliances.map((alliance) => (
            <AllianceLine key={alliance.number} alliance={alliance} isOnTurn={alliance.number === data.turn?.alliance} />
          ))}
        </div>
      </div>
      {data.turn && <Available entries={data.available} />}
    </main>
  );
}

function isRoomy(alliances: readonly Alliance[]): boolean {
  const names = alliances.flatMap((alliance) => alliance.members.map((member) => member.entry.team));
  return alliances.length <= FEW && names.every((name) => name.length <= SHORT_NAME);
}

function Turn({ data }: { data: AlliancesData }) {
  const captain = data.turn && data.alliances[data.turn.alliance - 1]?.members[0]?.entry;
  return (
    <div class="alliance-turn">
      {data.turn && captain && (
        <p data-testid="turn">
          {t('Alliance {n} picks', { n: data.turn.alliance })}: <b>{captain.team}</b>
        </p>
      )}
      {data.stage === 'formed' && data.last?.kind !== 'backup' ? null : <Last last={data.last} />}
    </div>
  );
}

function Last({ last }: Pick<AlliancesData, 'last'>) {
  if (!last) return null;
  const facts = { n: last.alliance ?? 0, team: last.entry.team };
  const words = {
    picked: () => t('Alliance {n} picked {team}', facts),
    declined: () => t('Declined: {team}', facts),
    backup: () => t('Backup of alliance {n}: {team}', facts),
  };
  return (
    <p class="alliance-last" data-testid="last" data-kind={last.kind}>
      {words[last.kind]()}
    </p>
  );
}

/** Who can be picked, a few at a time in the order of the ranking. */
function Available({ entries }: { entries: readonly RankedEntry[] }) {
  const [turns, setTurns] = useState(0);
  const parts = chunks(entries, NAMES_AT_ONCE);
  useEffect(() => {
    const timer = setInterval(() => setTurns((before) => before + 1), NAMES_FOR_MS);
    return () => clearInterval(timer);
  }, []);
  const part = parts[turns % Math.max(1, parts.length)] ?? [];
  return (
    <p class="alliance-available" data-testid="available">
      <b>{t('Can be picked')}</b>
      {part.map(({ rank, entry }) => (
        <span key={entry.id}>
          <b class="figures">{rank}</b> {entry.team}
        </span>
      ))}
    </p>
  );
}
