/** A division's standings, paged so that everyone gets seen; a row that changed place moves there. */

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Feed } from '../../../app/client/feed/feed';
import { named, t } from '../../../app/client/feed/i18n';
import type { StandingsData, StandingsRow } from '../../../app/client/feed/shapes';
import { standingsTopic } from '../address';
import { Message } from '../widgets/message';
import { valueText } from '../widgets/result';
import { MARKS } from '../widgets/words';

const PAGE_FOR_MS = 8_000;
const ROWS_WIDE = 8;
const ROWS_TALL = 12;

export function StandingsScreen({ feed, slug, code }: { feed: Feed; slug: string; code: string }) {
  const topic = standingsTopic(slug, code);
  const data = feed.topic<StandingsData>(topic).value?.data;
  if (feed.refused.value[topic]) return <Message text={t('There is no such division.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  return <Leaderboard data={data} />;
}

function Leaderboard({ data }: { data: StandingsData }) {
  const rowsAPage = innerHeight > innerWidth ? ROWS_TALL : ROWS_WIDE;
  const pages = Math.max(1, Math.ceil(data.rows.length / rowsAPage));
  const page = usePage(pages);
  const shown = data.rows.slice(page * rowsAPage, (page + 1) * rowsAPage);
  const body = useMovingRows(shown);
  return (
    <main class="standings" data-testid="standings">
      <header class="heading">
        <span>{named(data.division.name)}</span>
        <span>
          {data.published ? `✔ ${t('official')}` : `◑ ${t('unofficial')}`}
          {pages > 1 && ` · ${String(page + 1)}/${String(pages)}`}
        </span>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('Place')}</th>
            <th scope="col">{t('Team')}</th>
            {data.columns.map((column) => (
              <th scope="col" key={column.name} class="value">
                {named(column.label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {shown.map((row) => (
            <Row key={row.entry.id} row={row} data={data} />
          ))}
        </tbody>
      </table>
      {data.rows.length === 0 && <p class="label">{t('There are no entries yet.')}</p>}
    </main>
  );
}

function Row({ row, data }: { row: StandingsRow; data: StandingsData }) {
  return (
    <tr data-key={row.entry.id} data-testid="standings-row" class={row.rank !== null && row.rank <= 3 ? `top-${String(row.rank)}` : ''}>
      <td class="rank figures">
        {row.rank ?? '–'}
        {row.moved > 0 && <span class="up"> ▲{row.moved}</span>}
        {row.moved < 0 && <span class="down"> ▼{-row.moved}</span>}
      </td>
      <td>
        <span class="name">{row.entry.team}</span>
        <small>{[row.entry.organisation, named(row.entry.region)].filter(Boolean).join(' · ')}</small>
      </td>
      {data.columns.map((column) => (
        <td key={column.name} class={row.mark === null ? 'value figures' : 'value'}>
          {row.mark !== null ? (MARKS[row.mark]?.() ?? row.mark) : valueText(column, row.values[column.name])}
        </td>
      ))}
    </tr>
  );
}

/** Which page is up, each for its time, from the first to the last and again. */
function usePage(pages: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), PAGE_FOR_MS);
    return () => clearInterval(timer);
  }, []);
  return turn % pages;
}

/** Lets each row slide from where it stood to where it stands now. */
function useMovingRows(rows: readonly StandingsRow[]) {
  const body = useRef<HTMLTableSectionElement>(null);
  const tops = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const now = new Map<string, number>();
    for (const row of body.current?.rows ?? []) {
      const key = row.dataset['key'] ?? '';
      const top = row.offsetTop;
      const before = tops.current.get(key);
      now.set(key, top);
      if (!still && before !== undefined && before !== top) {
        row.animate([{ transform: `translateY(${String(before - top)}px)` }, { transform: 'none' }], {
          duration: 200,
          easing: 'ease-out',
        });
      }
    }
    tops.current = now;
  }, [rows]);
  return body;
}
