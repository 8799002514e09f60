/** Groups and brackets of a division, page by page: who met, who won, who comes where. */

import { useEffect, useState } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { named, numberText, t } from '../../../app/client/feed/i18n';
import type { BracketSlot, ContestData, TableRow } from '../../../app/client/feed/matches';
import { SideMark } from '../../../app/client/tokens/side_mark';
import { matchesTopic } from '../address';
import { pagesOf, type BracketPage, type GroupsPage, type Page } from '../bracket_pages';
import { Heading } from '../widgets/heading';
import { roundText, sideText } from '../widgets/match_words';
import { Message } from '../widgets/message';
import { Frozen } from '../widgets/state_word';

const PAGE_FOR_MS = 8_000;

interface Props {
  readonly feed: Feed;
  readonly slug: string;
  readonly code: string;
  /** Called when every page has been seen. */
  readonly onSeen?: () => void;
}

export function BracketScreen({ feed, slug, code, onSeen }: Props) {
  const topic = matchesTopic(slug, code);
  const data = feed.topic<ContestData>(topic).value?.data;
  if (feed.refused.value[topic]) return <Message text={t('There is no such division.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  if (!data.drawn) return <Message title={named(data.division.name)} text={t('The matches are not drawn yet.')} />;
  return <Contest data={data} onSeen={onSeen} />;
}

function Contest({ data, onSeen }: { data: ContestData; onSeen: (() => void) | undefined }) {
  const pages = pagesOf(data);
  const [turns, setTurns] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      setTurns(turns + 1);
      if (turns + 1 >= pages.length) onSeen?.();
    }, PAGE_FOR_MS);
    return () => clearTimeout(timer);
  }, [turns, pages.length]);
  const at = turns % Math.max(1, pages.length);
  const page = pages[at];
  if (!page) return <Message title={named(data.division.name)} text={t('The matches are not drawn yet.')} />;
  const champion = data.phases.at(-1)?.champion;
  return (
    <main class="contest" data-testid="contest">
      <Heading left={[named(data.division.name), named(page.title)].filter(Boolean).join(' · ')} right={pages.length > 1 ? `${at + 1}/${pages.length}` : ''}>
        {data.frozen_at_utc && <Frozen atUtc={data.frozen_at_utc} />}
        {champion && (
          <span class="contest-champion" data-testid="champion">
            {t('Winner: {team}', { team: champion.team })}
          </span>
        )}
      </Heading>
      <PageShown page={page} />
    </main>
  );
}

function PageShown({ page }: { page: Page }) {
  return page.kind === 'groups' ? <Groups page={page} /> : <Bracket page={page} />;
}

function Groups({ page }: { page: GroupsPage }) {
  return (
    <div class="contest-groups" data-groups={page.groups.length}>
      {page.groups.map(({ number, rows }) => (
        <section key={`${number} ${rows[0]?.entry.id ?? ''}`}>
          <div class="group-row group-head">
            <span>{page.of > 1 ? t('Group {n}', { n: number }) : t('Team')}</span>
            <span>{t('Played')}</span>
            <span>{t('Match points')}</span>
          </div>
          {rows.map((row) => (
            <GroupRow key={row.entry.id} row={row} />
          ))}
        </section>
      ))}
    </div>
  );
}

function GroupRow({ row }: { row: TableRow }) {
  return (
    <div class="group-row" data-testid="group-row">
      <span class="group-team">
        <b class="figures">{row.rank ?? '–'}</b> {row.entry.team}
      </span>
      <span class="figures">{numberText(row.values['played'] ?? 0)}</span>
      <span class="figures">{numberText(row.values['match_points'] ?? 0)}</span>
    </div>
  );
}

function Bracket({ page }: { page: BracketPage }) {
  return (
    <div class="bracket" style={{ '--columns': page.columns.length }} data-testid="bracket">
      {page.columns.map((slots) => (
        <ol class="bracket-column" key={slots[0]?.slot}>
          {slots.map((slot) => (
            <Slot key={slot.slot} slot={slot} />
          ))}
        </ol>
      ))}
    </div>
  );
}

function Slot({ slot }: { slot: BracketSlot }) {
  return (
    <li class="slot" data-testid="slot" data-slot={slot.slot} data-status={slot.status}>
      <p class="slot-round">
        {roundText({ part: slot.part, round: slot.round, group: null })} · {slot.slot}
      </p>
      {slot.sides.map((side, at) => {
        const won = slot.winner !== null && slot.winner === side.entry?.id;
        return (
          <p key={at} class={`slot-side ${won ? 'slot-won' : ''} ${side.entry ? '' : 'slot-open'}`}>
            <SideMark at={at === 0 ? 0 : 1} />
            <span class="slot-team">{sideText(side)}</span>
            {slot.best_of > 1 && side.entry && <b class="figures">{side.wins}</b>}
            {won && <span aria-label={t('won')}>✔</span>}
          </p>
        );
      })}
    </li>
  );
}
