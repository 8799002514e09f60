/** One row of a leaderboard: place and how it moved, the team and whom it represents, its values or its mark. */

import { markText } from '../../../app/client/feed/result_words';
import type { Column, StandingsRow } from '../../../app/client/feed/shapes';
import { From } from './from';
import { Moved } from './moved';
import { Qualifiers } from './state_word';
import { valueText } from './value_text';

interface Props {
  readonly row: StandingsRow;
  readonly columns: readonly Column[];
  readonly isPointedOut: boolean;
}

const MEDALS = 3;
/** From how many letters on a name is written one step smaller, and two. */
const SMALLER_FROM = [32, 56];

export function BoardRow({ row, columns, isPointedOut }: Props) {
  const { entry } = row;
  return (
    <div class={classOf(row)} role="row" data-key={entry.id} data-testid="standings-row" aria-current={isPointedOut}>
      <span class="rank figures" role="cell">
        <b>{row.rank ?? '–'}</b>
        <Moved places={row.moved} />
      </span>
      <span class="who" role="cell">
        <span class="name" data-step={nameStep(entry.team)}>
          {entry.team}
        </span>
        <span class="from">
          <From entry={entry} /> <Qualifiers {...qualifiersOf(row, columns)} />
        </span>
      </span>
      <span class="values" role="presentation">
        <Values row={row} columns={columns} />
      </span>
    </div>
  );
}

function classOf({ mark, rank }: StandingsRow): string {
  if (mark !== null) return 'board-row marked';
  return rank !== null && rank <= MEDALS ? `board-row medal-${rank}` : 'board-row';
}

function nameStep(team: string): number {
  return SMALLER_FROM.filter((letters) => team.length >= letters).length;
}

function Values({ row, columns }: { row: StandingsRow; columns: readonly Column[] }) {
  if (row.mark !== null) {
    return (
      <span class="value row-mark" role="cell" aria-colspan={columns.length}>
        {markText(row.mark)}
      </span>
    );
  }
  return columns.map((column) => (
    <span class="value figures" role="cell" key={column.name}>
      {valueText(column, row.values[column.name])}
    </span>
  ));
}

/** A row is qualified by the attempt whose values it shows. */
function qualifiersOf(row: StandingsRow, columns: readonly Column[]): { corrected: boolean; handTime: boolean } {
  const counted = row.attempts.filter((attempt) => attempt.values && columns.every(({ name }) => attempt.values?.[name] === row.values[name]));
  const shown = row.mark === null ? counted[0] : undefined;
  return { corrected: shown?.corrected ?? false, handTime: shown?.hand_time ?? false };
}
