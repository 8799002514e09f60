/** A command as the tablet keeps it until the server has answered for it, and after. */

import type { Receipt } from '../wire';

/**
 * saved: only on this tablet (it may have been sent before, without an answer). sent: on its way now.
 * confirmed, refused, conflict: what the server's receipt said.
 */
export type OutboxState = 'saved' | 'sent' | 'confirmed' | 'refused' | 'conflict';

export type CommandType =
  | 'OpenRun'
  | 'CloseRun'
  | 'ResetRun'
  | 'StartByHand'
  | 'StopByHand'
  | 'CancelByHand'
  | 'EnterScore'
  | 'CorrectScore'
  | 'SettleSheets'
  | 'SettleDisputes'
  | 'CallReferee'
  | 'AnswerEscalation'
  | 'StepAside'
  | 'SwapRuns'
  | 'AddPracticeRun'
  | 'OpenMatch'
  | 'CloseMatch'
  | 'ShowBouts'
  | 'EnterMatch'
  | 'CorrectMatch'
  | 'GiveWalkover'
  | 'SetPartnerAbsent'
  | 'SwapMatches'
  | 'AddPracticeMatch';

/** What a screen asks for; the outbox adds who, when and the id. */
export interface Wish {
  readonly type: CommandType;
  /** `c/<slug>/run/<id>` */
  readonly target: string;
  /** Commands of one lane go in the order they were made: `c/<slug>/field/<code>`. */
  readonly lane: string;
  readonly expectedVersion: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
  /** What a person calls it: team and attempt. */
  readonly about: About;
}

export interface About {
  readonly team: string;
  /** The number of the match, where it is about one. */
  readonly attempt: number;
  readonly isMatch?: boolean;
  /** It is about the field itself. */
  readonly isField?: boolean;
  /** Of an exchange of places: whether the run stood before the other one. Never sent. */
  readonly stoodBefore?: boolean;
  /** Of a practice run: how many of the same entry the queue had. Never sent. */
  readonly practiceRuns?: number;
}

export interface Maker {
  readonly account: string;
  readonly name: string;
  readonly device: string;
}

export interface OutboxItem extends Wish {
  /** The place in the order, given by the store; not the id, because a tablet's clock may jump back. */
  readonly seq: number;
  /** UUIDv7; the server applies an id at most once, so the same item may be sent any number of times. */
  readonly id: string;
  /** The version to expect is what the command before it on the same target is answered with. */
  readonly follows: boolean;
  readonly madeAt: string;
  readonly madeBy: Maker;
  readonly state: OutboxState;
  /** How many times it was put on the wire. */
  readonly tries: number;
  /** The epoch in which it was offered again, after the server came back from a backup. */
  readonly offeredIn?: number;
  readonly receipt: Receipt | null;
  /** The referee who vouched for what its maker cannot send. */
  readonly handedInBy?: string;
}

export type NewItem = Omit<OutboxItem, 'seq'>;

const SCORES: readonly CommandType[] = ['EnterScore', 'CorrectScore', 'SettleSheets', 'EnterMatch', 'CorrectMatch', 'GiveWalkover'];

export function isScore(item: { readonly type: CommandType }): boolean {
  return SCORES.includes(item.type);
}

const OF_HAND_CLOCK: readonly CommandType[] = ['StartByHand', 'StopByHand', 'CancelByHand'];

/** Whether it only moves the clock that screens show, so that it says nothing once the run is scored. */
export function isOfHandClock(item: { readonly type: CommandType }): boolean {
  return OF_HAND_CLOCK.includes(item.type);
}

const CORRECTIONS: readonly CommandType[] = ['CorrectScore', 'CorrectMatch'];

export function isCorrection(item: { readonly type: CommandType }): boolean {
  return CORRECTIONS.includes(item.type);
}

/** The ids by which the server keeps what was in conflict: this command's own, and those it was to settle. */
export function disputesOf(item: OutboxItem): readonly string[] {
  const { settles } = item.payload as { settles?: readonly string[] };
  return [...(settles ?? []), ...(item.state === 'conflict' ? [item.id] : [])];
}

/** The wish to let the result stand against this command, which came too late: the server has kept it as a dispute. */
export function lettingStand(item: OutboxItem): Wish {
  const { target, lane, about } = item;
  return { type: 'SettleDisputes', target, lane, about, expectedVersion: null, payload: { disputes: disputesOf(item) } };
}

/** The id of the run or match a command is about. */
export function runOf(item: { readonly target: string }): string {
  return item.target.slice(item.target.lastIndexOf('/') + 1);
}

/** Whether the server still has to answer for it. */
export function isOpen(item: OutboxItem): boolean {
  return item.state === 'saved' || item.state === 'sent';
}

/** Whether it waits for a person: the server said no, or that something changed. */
export function needsPerson(item: OutboxItem): boolean {
  return item.state === 'refused' || item.state === 'conflict';
}

/** Whether it may be sent while `account` is signed in: its maker, or who vouched for it. */
export function isSentBy(item: OutboxItem, account: string): boolean {
  return item.madeBy.account === account || item.handedInBy === account;
}

/** The command as the server wants it. */
export function wireForm(item: OutboxItem): Record<string, unknown> {
  return {
    id: item.id,
    type: item.type,
    target: item.target,
    expected_version: item.expectedVersion,
    made_at: item.madeAt,
    made_by: item.madeBy.account,
    ...(item.handedInBy === undefined ? {} : { handed_in: true }),
    payload: item.payload,
  };
}
