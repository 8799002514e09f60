/** Partners drawn for one match: what a side is called by, and who of them is not there. */

import { expect, test } from 'vitest';

import { sideNumber } from '../../../app/client/feed/alliances';
import type { Match } from '../../../app/client/feed/matches';
import type { Entry } from '../../../app/client/feed/shapes';
import { absentNow } from '../../../app/client/judge/match/absent_partners';
import type { OutboxItem } from '../../../app/client/judge/outbox/item';

const MATCH = { target: 'c/demo/match/1', absent: ['b'] } as unknown as Match;

function said(entry: string, absent: boolean, over: Partial<OutboxItem> = {}): OutboxItem {
  const item = { type: 'SetPartnerAbsent', target: MATCH.target, payload: { entry, absent }, state: 'saved', ...over };
  return item as OutboxItem;
}

function side(alliance?: Entry['alliance']): Entry {
  return { id: 'a', number: 3, team: 'A', ...(alliance ? { alliance } : {}) } as Entry;
}

test('who is absent is what was said last and not sent yet, or as the server has it', () => {
  expect(absentNow(MATCH, [])).toEqual(['b']);
  expect(absentNow(MATCH, [said('c', true), said('b', false)])).toEqual(['c']);
  expect(absentNow(MATCH, [said('c', true, { state: 'confirmed' })])).toEqual(['b']);
  expect(absentNow(MATCH, [said('c', true, { target: 'c/demo/match/2' })])).toEqual(['b']);
});

test('a side is called by its number, its teams’ numbers, or its alliance’s', () => {
  const members = [side(), { ...side(), id: 'b', number: 8 }];
  expect(sideNumber(side())).toBe('№ 3');
  expect(sideNumber(side({ number: null, members }))).toBe('№ 3 · № 8');
  expect(sideNumber(side({ number: 2, members }))).toBe('2-альянс');
});
