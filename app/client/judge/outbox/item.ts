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
  | 'EnterScore'
  | 'CorrectScore'
  | 'SettleSheets'
  | 'SwapRuns'
  | 'AddPracticeRun'
  | 'OpenMatch'
  | 'CloseMatch'
  | 'ShowBouts'
  | 'EnterMatch'
  | 'CorrectMatch'
  | 'GiveWalkover';

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
}

export type NewItem = Omit<OutboxItem, 'seq'>;

const SCORES: readonly CommandType[] = ['EnterScore', 'CorrectScore', 'SettleSheets', 'EnterMatch', 'CorrectMatch', 'GiveWalkover'];

export function isScore(item: { readonly type: CommandType }): boolean {
  return SCORES.includes(item.type);
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

/** The command as the server wants it. */
export function wireForm(item: OutboxItem): Record<string, unknown> {
  return {
    id: item.id,
    type: item.type,
    target: item.target,
    expected_version: item.expectedVersion,
    made_at: item.madeAt,
    made_by: item.madeBy.account,
    payload: item.payload,
  };
}
