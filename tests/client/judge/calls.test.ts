/** Calling the chief judge: the moment of a tap, the command it becomes, and the page's address. */

import { expect, test } from 'vitest';

import type { Escalation } from '../../../app/client/feed/escalations';
import { answerCall, callReferee } from '../../../app/client/judge/escalation/commands';
import { addressOf, pageOf } from '../../../app/client/judge/route';
import { tapNow } from '../../../app/client/judge/tap';

const PLACE = {
  target: 'c/demo/run/r1',
  lane: 'c/demo/field/A',
  about: { team: 'Тұлпар', attempt: 1 },
};

function clock(nowMs: number, uncertaintyMs: number | null) {
  return { serverNowMs: () => nowMs, uncertaintyMs: () => uncertaintyMs };
}

test('a tap tells the server’s time and by how much it may be off', () => {
  const atMs = Date.UTC(2026, 10, 29, 9, 0, 0, 250);
  expect(tapNow(clock(atMs, 12.345))).toEqual({ at_utc: '2026-11-29T09:00:00.250Z', uncertainty_ms: 12.3 });
  expect(tapNow(clock(atMs, null)).uncertainty_ms).toBeNull();
  expect(tapNow(clock(atMs, 1e9)).uncertainty_ms).toBe(3_600_000);
});

test('a call says why, and nothing where no note was written', () => {
  const tap = tapNow(clock(0, 1));
  expect(callReferee(PLACE, 'team', '  ', tap)).toEqual({
    ...PLACE,
    type: 'CallReferee',
    expectedVersion: null,
    payload: { reason: 'team', note: null, tap },
  });
});

test('an answer goes to the call, in the order of the field it is about', () => {
  const call = { id: 'e1', target: 'c/demo/escalation/e1' } as Escalation;
  expect(answerCall(call, PLACE, { answer: 'settled', outcome: 'stands', note: 'once' })).toMatchObject({
    target: 'c/demo/escalation/e1',
    lane: 'c/demo/field/A',
    payload: { answer: 'settled', outcome: 'stands', note: 'once' },
  });
});

test('the page of a call comes back after a reload', () => {
  const page = { kind: 'call', target: 'c/demo/run/r1' } as const;
  expect(pageOf(addressOf(page))).toEqual(page);
});
