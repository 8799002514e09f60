/** The tables of a contest's groups, under each other; all rows get seen, page by page. */

import { useEffect, useMemo } from 'preact/hooks';
import { locale, numberText, t } from '../../../app/client/feed/i18n';
import type { ContestData, TableRow } from '../../../app/client/feed/matches';
import { usePages } from '../widgets/use_pages';
import { ContestHeading } from './bracket';

export function GroupsBoard({ data, onSeen }: { data: ContestData; onSeen: (() => void) | undefined }) {
  const lines = useMemo(() => linesOf(data), [data]);
  const { room, list, page, pages, passes } = usePages(lines, -1, locale.value);
  useEffect(() => {
    if (passes > 0) onSeen?.();
  }, [passes]);
  return (
    <main class="contest" data-testid="contest">
      <ContestHeading data={data} page={pages > 1 ? `${page + 1}/${pages}` : ''} />
      <div class="group-line group-head">
        <span />
        <span>{t('Team')}</span>
        <span>{t('Played')}</span>
        <span>{t('Match points')}</span>
      </div>
      <div class="board-room" ref={room}>
        <div class="board-list" ref={list}>
          {lines.map((line) =>
            typeof line === 'number' ? (
              <p key={`group ${line}`} class="group-title">
                {t('Group {n}', { n: line })}
              </p>
            ) : (
              <GroupLine key={line.entry.id} row={line} />
            ),
          )}
        </div>
      </div>
    </main>
  );
}

/** Every row of every group, each group after its number; a single group has no number. */
function linesOf(data: ContestData): readonly (TableRow | number)[] {
  const tables = data.phases.findLast((phase) => phase.bracket === null)?.tables ?? [];
  return tables.flatMap((rows, at): readonly (TableRow | number)[] => (tables.length > 1 ? [at + 1, ...rows] : rows));
}

function GroupLine({ row }: { row: TableRow }) {
  return (
    <div class="group-line" data-testid="group-row">
      <b class="figures">{row.rank ?? '–'}</b>
      <span class="group-team">{row.entry.team}</span>
      <span class="figures">{numberText(row.values['played'] ?? 0)}</span>
      <span class="figures">{numberText(row.values['match_points'] ?? 0)}</span>
    </div>
  );
}
