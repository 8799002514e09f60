/** A bracket cut into pages a screen can hold: a few rounds side by side, or a part of a round that is too long. */

import type { BracketSlot } from '../../app/client/feed/matches';

/** The rounds of a page, or the parts of one round, side by side; each its slots from the top. */
export type BracketPage = readonly (readonly BracketSlot[])[];

/** How many slots fit under each other where every name takes two lines. */
export const MOST_SLOTS = 4;

/** The pages of a bracket: the upper part with its finals, then the lower. */
export function bracketPages(slots: readonly BracketSlot[], columns: number): readonly BracketPage[] {
  const shown = slots.filter((slot) => slot.status !== 'void');
  const upper = shown.filter((slot) => slot.part !== 'lower');
  const lower = shown.filter((slot) => slot.part === 'lower');
  return [upper, lower].flatMap((part) => {
    const long = columnsOf(part).filter((column) => column.length > MOST_SLOTS);
    const short = columnsOf(part).filter((column) => column.length <= MOST_SLOTS);
    return [...long.flatMap((column) => chunks(chunks(column, MOST_SLOTS), columns)), ...chunks(short, columns)];
  });
}

/** The rounds of one part of a bracket; finals come last, the match for third place under the final. */
function columnsOf(slots: readonly BracketSlot[]): readonly (readonly BracketSlot[])[] {
  const rounds = new Map<number, BracketSlot[]>();
  const finals = slots.filter((slot) => FINALS.includes(slot.part));
  for (const slot of slots.filter((one) => !FINALS.includes(one.part))) {
    rounds.set(slot.round, [...(rounds.get(slot.round) ?? []), slot]);
  }
  const ordered = finals.sort((one, other) => FINALS.indexOf(one.part) - FINALS.indexOf(other.part));
  return ordered.length > 0 ? [...rounds.values(), ordered] : [...rounds.values()];
}

const FINALS: readonly BracketSlot['part'][] = ['final', 'reset', 'bronze'];

/** The list in parts of nearly equal length, none longer than `most`. */
export function chunks<T>(list: readonly T[], most: number): readonly (readonly T[])[] {
  const count = Math.ceil(list.length / most);
  const size = Math.ceil(list.length / Math.max(1, count));
  return Array.from({ length: count }, (_, at) => list.slice(at * size, (at + 1) * size));
}
