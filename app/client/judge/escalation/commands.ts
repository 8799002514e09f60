/** What taps about a call for the chief judge become: commands for the outbox. */

import type { CallOutcome, CallReason, Escalation } from '../../feed/escalations';
import type { About, Wish } from '../outbox/item';
import type { Tap } from '../tap';

/** What the chief judge is called to: an address, the field it is on, and what a person calls it. */
export interface Place {
  readonly target: string;
  readonly lane: string;
  readonly about: About;
}

export function callReferee(place: Place, reason: CallReason, note: string, tap: Tap): Wish {
  return { type: 'CallReferee', expectedVersion: null, payload: { reason, note: note.trim() || null, tap }, ...place };
}

export type Answer = { readonly answer: 'coming' | 'taken_back' } | { readonly answer: 'settled'; readonly outcome: CallOutcome; readonly note: string | null };

export function answerCall(call: Escalation, place: Place, answer: Answer): Wish {
  const { lane, about } = place;
  return { type: 'AnswerEscalation', expectedVersion: null, payload: { ...answer }, target: call.target, lane, about };
}
