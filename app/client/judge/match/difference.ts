/** Two results of one match, bout by bout, and field by field where a bout is a sheet: what differs, and both as one. */

import { isClosed, type Bout } from '../../rules/head_to_head';
import type { Field, Ruleset, Value } from '../../rules/types';
import type { OutboxItem } from '../outbox/item';
import { differences, type Side } from '../sheet/difference';
import { withoutUnset } from '../sheet/draft';
import type { Change } from '../wire';
import { isSheetWhole, outcomeOf, type MatchEntered } from './draft';
import type { Sides } from '../../rules/head_to_head';

/** A match as somebody decided it: by its bouts, or by a walkover, which nobody wins where neither side came. */
export interface Decided extends MatchEntered {
  readonly walkover: { readonly winner: string | null } | null;
}

/** What differs: a whole bout, a field of a bout's sheet, all else of such a bout, or the decision of the match. */
export type Part =
  | { readonly kind: 'all'; readonly id: 'all' }
  | { readonly kind: 'bout'; readonly id: string; readonly at: number }
  | {
      readonly kind: 'field';
      readonly id: string;
      readonly at: number;
      readonly field: Field;
      readonly mine: Value | undefined;
      readonly theirs: Value | undefined;
    }
  | { readonly kind: 'rest'; readonly id: string; readonly at: number }
  | { readonly kind: 'decision'; readonly id: 'decision' };

export type Chosen = Readonly<Record<string, Side>>;

/** What a command of this tablet says of its match. */
export function mineOf(item: OutboxItem): Decided {
  return decidedOf(item.payload) ?? { bouts: [], decision: null, walkover: null };
}

/** What the log says somebody else decided: the last change that says so, or null if none does. */
export function theirsOf(changed: readonly Change[]): Decided | null {
  for (const { data } of [...changed].reverse()) {
    const decided = decidedOf(data);
    if (decided) return decided;
  }
  return null;
}

/** Where the two differ, in the order of the bouts. A walkover has no bouts to compare: then all of it is one part. */
export function partsOf(ruleset: Ruleset, mine: Decided, theirs: Decided): Part[] {
  if (mine.walkover !== null || theirs.walkover !== null) {
    const isSameWalkover = mine.walkover?.winner === theirs.walkover?.winner;
    return isSameWalkover ? [] : [{ kind: 'all', id: 'all' }];
  }
  const count = Math.max(mine.bouts.length, theirs.bouts.length);
  const bouts = Array.from({ length: count }, (_, at) => boutParts(ruleset, at, mine.bouts[at], theirs.bouts[at]));
  const decision: Part[] = mine.decision === theirs.decision ? [] : [{ kind: 'decision', id: 'decision' }];
  return [...bouts.flat(), ...decision];
}

/** The match with each part from the side chosen for it, theirs where none was. */
export function mergedMatch(parts: readonly Part[], mine: Decided, theirs: Decided, chosen: Chosen): Decided {
  const from = (id: string): Decided => (chosen[id] === 'mine' ? mine : theirs);
  if (parts.some((part) => part.kind === 'all')) return from('all');
  const count = Math.max(mine.bouts.length, theirs.bouts.length);
  const bouts = Array.from({ length: count }, (_, at) => mergedBout(parts, mine, theirs, chosen, at));
  return {
    bouts: bouts.filter((bout) => bout !== undefined),
    decision: from('decision').decision,
    walkover: null,
  };
}

/** What keeps a merged match from being one by the rules. */
export type Obstacle = 'undecided' | 'too_many' | 'unfilled' | null;

export function obstacleOf(ruleset: Ruleset, sides: Sides, entered: Decided): Obstacle {
  if (entered.walkover !== null) return null;
  const { bouts, decision } = entered;
  if (!bouts.every((bout) => isSheetWhole(ruleset, bout))) return 'unfilled';
  const isOverBefore = (at: number): boolean =>
    isClosed(outcomeOf(ruleset, sides, { bouts: bouts.slice(0, at), decision: null }));
  if (bouts.some((_, at) => at > 0 && isOverBefore(at))) return 'too_many';
  return isClosed(outcomeOf(ruleset, sides, { bouts, decision })) ? null : 'undecided';
}

function decidedOf(said: Readonly<Record<string, unknown>>): Decided | null {
  if (Array.isArray(said['bouts'])) {
    return { bouts: said['bouts'] as Bout[], decision: (said['decision'] ?? null) as string | null, walkover: null };
  }
  if (!('winner' in said)) return null;
  return { bouts: [], decision: null, walkover: { winner: (said['winner'] ?? null) as string | null } };
}

function boutParts(ruleset: Ruleset, at: number, mine: Bout | undefined, theirs: Bout | undefined): Part[] {
  const id = `bout-${at}`;
  if (!mine?.sheet || !theirs?.sheet) return isSame(mine, theirs) ? [] : [{ kind: 'bout', id, at }];
  const fields = differences(ruleset, withoutUnset(mine.sheet), withoutUnset(theirs.sheet));
  const rest: Part[] = isSame(bare(mine), bare(theirs)) ? [] : [{ kind: 'rest', id: `${id}-rest`, at }];
  return [...fields.map((one): Part => ({ kind: 'field', id: `${id}-${one.field.id}`, at, ...one })), ...rest];
}

function mergedBout(
  parts: readonly Part[],
  mine: Decided,
  theirs: Decided,
  chosen: Chosen,
  at: number,
): Bout | undefined {
  const isMine = (part: Part): boolean => chosen[part.id] === 'mine';
  const [my, their] = [mine.bouts[at], theirs.bouts[at]];
  const own = parts.filter((part) => 'at' in part && part.at === at);
  if (own.some((part) => part.kind === 'bout')) return own.some(isMine) ? my : their;
  if (!my?.sheet || !their?.sheet) return their;
  const base = own.some((part) => part.kind === 'rest' && isMine(part)) ? my : their;
  const sheet: Record<string, Value | undefined> = { ...their.sheet };
  for (const part of own) if (part.kind === 'field' && isMine(part)) sheet[part.field.id] = part.mine;
  // Its points are what the sheet comes to, and no longer what either tablet made of its own.
  return { ...base, points: {}, sheet: withoutUnset(sheet) };
}

/** A bout without its sheet and what that comes to. */
function bare(bout: Bout): Bout {
  return { ...bout, sheet: null, points: {} };
}

function isSame(one: Bout | undefined, other: Bout | undefined): boolean {
  return JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
}

/** A count of nothing and no count are the same, in whatever order they were tapped. */
function canonical(bout: Bout | undefined): unknown {
  if (!bout) return null;
  const counted = (counts: Readonly<Record<string, number>>): unknown =>
    Object.entries(counts)
      .filter(([, count]) => count !== 0)
      .sort();
  const { winner, timed_out, decision, sheet } = bout;
  return [
    winner,
    timed_out,
    decision,
    sheet && Object.entries(withoutUnset(sheet)).sort(),
    counted(bout.points),
    counted(bout.warnings),
    counted(bout.false_starts),
  ];
}
