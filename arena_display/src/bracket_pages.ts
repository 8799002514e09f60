/** A contest cut into pages a screen can hold: a few groups, a few rounds of a bracket, or half a round that is too long. */

import type { BracketSlot, ContestData, TableRow } from '../../app/client/feed/matches';
import type { Names } from '../../app/client/feed/shapes';

export interface GroupsPage {
  readonly kind: 'groups';
  readonly title: Names | null;
  /** Each with its number from 1. */
  readonly groups: readonly { readonly number: number; readonly rows: readonly TableRow[] }[];
  readonly of: number;
}

export interface BracketPage {
  readonly kind: 'bracket';
  readonly title: Names | null;
  /** Rounds side by side, each its slots from the top. */
  readonly columns: readonly (readonly BracketSlot[])[];
}

export type Page = GroupsPage | BracketPage;

/** How much one page holds, by what fits a 720p screen at a thirtieth of its height. */
export const MOST_SLOTS = 6;
export const MOST_COLUMNS = 3;
export const MOST_ROWS = 8;

/** The pages of the newest phase, or of all phases before any bracket began. */
export function pagesOf(data: ContestData): readonly Page[] {
  const phases = data.phases.filter((phase) => phase.bracket !== null);
  const shown = phases.length > 0 ? phases.slice(-1) : data.phases;
  return shown.flatMap((phase) =>
    phase.bracket === null
      ? groupPages(phase.label, phase.tables)
      : bracketPages(phase.label, phase.bracket.filter((slot) => slot.status !== 'void' || slot.part === 'final')),
  );
}

function groupPages(title: Names | null, tables: readonly (readonly TableRow[])[]): readonly Page[] {
  const groups = tables.flatMap((rows, at) => chunks(rows, MOST_ROWS).map((part) => ({ number: at + 1, rows: part })));
  const pages: GroupsPage[] = [];
  for (const group of groups) {
    const last = pages.at(-1);
    const used = last?.groups.reduce((most, one) => Math.max(most, one.rows.length), 0) ?? 0;
    const fits = last && last.groups.length < 2 && used <= MOST_ROWS && group.rows.length <= MOST_ROWS;
    if (last && fits) pages[pages.length - 1] = { ...last, groups: [...last.groups, group] };
    else pages.push({ kind: 'groups', title, groups: [group], of: tables.length });
  }
  return pages;
}

function bracketPages(title: Names | null, slots: readonly BracketSlot[]): readonly Page[] {
  const upper = slots.filter((slot) => slot.part !== 'lower');
  const lower = slots.filter((slot) => slot.part === 'lower');
  const pages: BracketPage[] = [];
  for (const part of [upper, lower]) {
    let short: (readonly BracketSlot[])[] = [];
    for (const column of columnsOf(part)) {
      if (column.length > MOST_SLOTS) {
        for (const columns of chunks(chunks(column, MOST_SLOTS), 2)) pages.push({ kind: 'bracket', title, columns });
      } else {
        short = [...short, column];
      }
    }
    for (const columns of chunks(short, MOST_COLUMNS)) pages.push({ kind: 'bracket', title, columns });
  }
  return pages;
}

/** The rounds of one part of a bracket; finals come last, the match for third place under the final. */
function columnsOf(slots: readonly BracketSlot[]): readonly (readonly BracketSlot[])[] {
  const rounds = new Map<string, BracketSlot[]>();
  for (const slot of slots) {
    const key = slot.part === 'upper' || slot.part === 'lower' ? `${slot.round}` : 'final';
    rounds.set(key, [...(rounds.get(key) ?? []), slot]);
  }
  const final = rounds.get('final')?.sort((one, other) => FINALS.indexOf(one.part) - FINALS.indexOf(other.part));
  rounds.delete('final');
  return final ? [...rounds.values(), final] : [...rounds.values()];
}

const FINALS: readonly BracketSlot['part'][] = ['final', 'reset', 'bronze'];

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / size);
  const even = Math.ceil(list.length / Math.max(1, count));
  return Array.from({ length: count }, (_, at) => list.slice(at * even, (at + 1) * even));
}
