/** The outbox's decisions as pure functions: what to send next, what an answer does, what a new command replaces. */

import type { Receipt } from '../wire';
import {
  disputesOf,
  isCorrection,
  isOfHandClock,
  isOpen,
  isScore,
  isSentBy,
  needsPerson,
  type NewItem,
  type OutboxItem,
} from './item';

export const MOST_IN_A_BATCH = 20;
/** How many confirmed commands are kept to be looked at. */
export const CONFIRMED_KEPT = 40;
/** How long what the server confirmed is kept to be offered again. */
export const OFFERED_FOR_MS = 24 * 3_600_000;

/** What came of putting a batch on the wire. */
export type Outcome =
  | { readonly kind: 'receipts'; readonly receipts: readonly Receipt[] }
  /** No answer, or one that is not the server's own: it may or may not have arrived. */
  | { readonly kind: 'unreached' }
  /** The session is over; nothing was taken. */
  | { readonly kind: 'signed_out' }
  /** The server came back from a backup; nothing was taken: what it lost comes first. */
  | { readonly kind: 'new_epoch'; readonly epoch: number }
  /** The server read the request and will never take it as it is. */
  | { readonly kind: 'rejected'; readonly code: string; readonly detail: string };

/**
 * The commands to send now, in order, with the version each expects filled in.
 *
 * Only those `account` made or vouched for. Within a lane none overtakes another, except one that waits for a person
 * (refused or conflicting): that holds back only what builds on it, and what builds on that.
 */
export function nextBatch(items: readonly OutboxItem[], account: string, most = MOST_IN_A_BATCH): OutboxItem[] {
  const batch: OutboxItem[] = [];
  const heldLanes = new Set<string>();
  const blocked = new Set<OutboxItem>();
  for (const item of items) {
    if (!isOpen(item) || !isSentBy(item, account) || heldLanes.has(item.lane)) continue;
    const before = item.follows ? predecessor(items, item) : undefined;
    if (before && (needsPerson(before) || blocked.has(before))) {
      blocked.add(item);
      continue;
    }
    if (before && isOpen(before)) {
      heldLanes.add(item.lane);
      continue;
    }
    batch.push(before?.receipt ? { ...item, expectedVersion: before.receipt.version } : item);
    if (batch.length === most) break;
  }
  return batch;
}

/** The last command before `item` on the same target by the same account. */
export function predecessor(items: readonly OutboxItem[], item: OutboxItem): OutboxItem | undefined {
  return items.findLast(
    (other) =>
      other.seq < item.seq &&
      other.target === item.target &&
      other.madeBy.account === item.madeBy.account &&
      isScore(other),
  );
}

/** What others made and `account` vouches for from now on. */
export function vouched(items: readonly OutboxItem[], account: string): OutboxItem[] {
  return items
    .filter((item) => isOpen(item) && !isSentBy(item, account))
    .map((item) => ({ ...item, handedInBy: account }));
}

/** Items about to be put on the wire. What is in them from here on must never change: the id stands for it. */
export function sending(batch: readonly OutboxItem[]): OutboxItem[] {
  return batch.map((item) => ({ ...item, state: 'sent', follows: false, tries: item.tries + 1 }));
}

/** What became of a batch that was put on the wire. */
export function settled(batch: readonly OutboxItem[], outcome: Outcome): OutboxItem[] {
  switch (outcome.kind) {
    case 'receipts':
      return batch.map((item) => answered(item, outcome.receipts));
    case 'rejected':
      return batch.length === 1 ? batch.map((item) => refusedWhole(item, outcome)) : batch.map(unsent);
    default:
      return batch.map(unsent);
  }
}

/** Somebody else has signed in since, in another tab perhaps: not an answer to the command, which waits for its maker. */
const MADE_BY_OTHER = 'made_by_other';

/** Whether an answer says that the one who is signed in is not who this tablet takes them for. */
export function isAnotherSignedIn(outcome: Outcome): boolean {
  return outcome.kind === 'receipts' && outcome.receipts.some((receipt) => receipt.code === MADE_BY_OTHER);
}

function answered(item: OutboxItem, receipts: readonly Receipt[]): OutboxItem {
  const receipt = receipts.find((candidate) => candidate.id === item.id);
  if (!receipt || receipt.code === MADE_BY_OTHER) return unsent(item);
  return { ...item, state: receipt.status === 'accepted' ? 'confirmed' : receipt.status, receipt };
}

function unsent(item: OutboxItem): OutboxItem {
  return { ...item, state: 'saved' };
}

function refusedWhole(item: OutboxItem, problem: { code: string; detail: string }): OutboxItem {
  const { code, detail } = problem;
  const receipt: Receipt = {
    id: item.id,
    status: 'refused',
    code,
    detail,
    errors: [],
    changed: [],
    version: null,
    epoch: null,
  };
  return { ...item, state: 'refused', receipt };
}

/** Which kept items a new one makes needless, and the new one as it should be stored. */
export interface Placed {
  readonly item: NewItem;
  readonly replaced: readonly number[];
}

/**
 * Where a new command goes.
 *
 * A score replaces what the same judge kept for the same run and the server never saw or turned down; if one may have
 * reached the server, the new one follows it. An `OpenRun` nobody ever saw is dropped when its run has been scored or
 * another run is opened on the field: opening it late would only arm the gates for the wrong robot. A correction that
 * takes the place of what was in conflict settles what the server has kept of that.
 */
export function place(items: readonly OutboxItem[], item: NewItem): Placed {
  const mine = items.filter((other) => other.madeBy.account === item.madeBy.account);
  const replaced = mine.filter((other) => isReplacedBy(other, item));
  const inDoubt = mine.some((other) => sameScore(other, item) && isOpen(other) && other.tries > 0);
  const placed = settling(item, replaced);
  return { item: inDoubt ? { ...placed, follows: true } : placed, replaced: replaced.map((other) => other.seq) };
}

function settling(item: NewItem, replaced: readonly OutboxItem[]): NewItem {
  const settles = replaced.flatMap(disputesOf);
  if (settles.length === 0 || !isCorrection(item)) return item;
  return { ...item, payload: { ...item.payload, settles } };
}

function isReplacedBy(other: OutboxItem, item: NewItem): boolean {
  if (item.type === 'SettleDisputes') return isLetGoBy(other, item);
  if (sameScore(other, item)) return needsPerson(other) || isUntried(other);
  if (other.type === 'ShowBouts') return isPictureReplacedBy(other, item);
  if (isOfHandClock(other)) {
    return isScore(item) && other.target === item.target && (isUntried(other) || other.state === 'refused');
  }
  if (other.type === 'OpenMatch') {
    return isScore(item) && other.target === item.target && (isUntried(other) || other.state === 'refused');
  }
  if (other.type !== 'OpenRun' || !(isUntried(other) || other.state === 'refused')) return false;
  return isScore(item) ? other.target === item.target : item.type === 'OpenRun' && other.lane === item.lane;
}

/** A picture of the bouts nobody saw, or that was turned down, is dropped for the next one and for the result. */
function isPictureReplacedBy(other: OutboxItem, item: NewItem): boolean {
  if (other.target !== item.target || !(isScore(item) || item.type === 'ShowBouts')) return false;
  return isUntried(other) || other.state === 'refused';
}

function isLetGoBy(other: OutboxItem, item: NewItem): boolean {
  const { disputes } = item.payload as { disputes: readonly string[] };
  return needsPerson(other) && disputes.includes(other.id);
}

function sameScore(other: OutboxItem, item: NewItem): boolean {
  return isScore(other) && isScore(item) && other.target === item.target;
}

function isUntried(item: OutboxItem): boolean {
  return isOpen(item) && item.tries === 0;
}

/**
 * What to offer once more to a server that came back from a backup: it may have lost what it confirmed last. A command
 * it still has is answered as the first time, so that offering all of a day does no harm.
 */
export function toOfferAgain(items: readonly OutboxItem[], epoch: number, nowMs: number): OutboxItem[] {
  const again = items
    .filter((item) => item.state === 'confirmed' && isOfToday(item, nowMs))
    .filter((item) => Math.max(item.receipt?.epoch ?? epoch, item.offeredIn ?? 0) < epoch);
  // Versions are counted anew from the backup: what built on a command builds on whatever that one gets now. What
  // built on another tablet's stays as it is: with another version its id would stand for something else.
  return again.map((item) => {
    const before = predecessor(again, item)?.receipt?.version ?? null;
    const follows = before !== null && before === item.expectedVersion;
    return { ...item, state: 'saved', follows, offeredIn: epoch };
  });
}

function isOfToday(item: OutboxItem, nowMs: number): boolean {
  return nowMs - Date.parse(item.madeAt) < OFFERED_FOR_MS;
}

/** Confirmed items that need not be kept any more: all but the newest and the last day's, and none that an open one follows. */
export function outlived(items: readonly OutboxItem[], nowMs: number, kept = CONFIRMED_KEPT): number[] {
  const followed = new Set(items.filter((item) => item.follows && isOpen(item)).map((item) => item.target));
  const confirmed = items.filter(
    (item) => item.state === 'confirmed' && !followed.has(item.target) && !isOfToday(item, nowMs),
  );
  return confirmed.slice(0, Math.max(0, confirmed.length - kept)).map((item) => item.seq);
}
