/** The rows of a leaderboard, under their headings, in columns as wide as their widest value. */

import type { RefObject } from 'preact';
import { named, t } from '../../../app/client/feed/i18n';
import type { StandingsData } from '../../../app/client/feed/shapes';
import { BoardRow } from './board_row';
import { emsOf } from './ems';
import { useMovingRows } from './use_moving_rows';
import { valueText } from './value_text';

const GAP_EMS = 1;
const LABEL_SCALE = 0.75;

interface Props {
  readonly data: StandingsData;
  readonly highlight: string;
  readonly room: RefObject<HTMLDivElement | null>;
  readonly list: RefObject<HTMLDivElement | null>;
}

export function Board({ data, highlight, room, list }: Props) {
  useMovingRows(list, data.rows);
  return (
    <div class="board" role="table" aria-label={named(data.division.name)} style={{ '--values': valueWidths(data), '--spread': data.columns.length }}>
      <div class="board-head" role="row">
        <span role="columnheader">{t('Place')}</span>
        <span role="columnheader">{t('Team')}</span>
        {data.columns.map((column) => (
          <span role="columnheader" class="value" key={column.name}>
            {named(column.label)}
          </span>
        ))}
      </div>
      <div class="board-room" ref={room} role="rowgroup">
        <div class="board-list" ref={list} role="presentation">
          {data.rows.map((row) => (
            <BoardRow key={row.entry.id} row={row} columns={data.columns} isPointedOut={row.entry.id === highlight} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** One width a value column, in ems, for `grid-template-columns`. */
function valueWidths(data: StandingsData): string {
  return data.columns
    .map((column) => {
      const texts = data.rows.map((row) => emsOf(valueText(column, row.values[column.name])));
      const label = Math.max(...named(column.label).split(' ').map(emsOf)) * LABEL_SCALE;
      return `${(Math.max(label, ...texts) + GAP_EMS).toFixed(2)}em`;
    })
    .join(' ');
}
