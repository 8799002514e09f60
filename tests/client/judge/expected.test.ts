/** What was asked of a queue without network: seen at once, and never done twice by seeing it. */

import { expect, test } from 'vitest';

import type { OutboxItem, Wish } from '../../../app/client/judge/outbox/item';
import { expected } from '../../../app/client/judge/queue/expected';
import { practise, stepAside, swapRuns } from '../../../app/client/judge/sheet/commands';
import { run } from './rulesets';

const MAKER = { account: 'aida', name: 'Аида', device: 'tablet' };
const [A, B, C] = ['a', 'b', 'c'].map((id) =>
  run({ id, target: `c/demo/run/${id}`, entry: { ...run().entry, id: `entry-${id}` } }),
) as [ReturnType<typeof run>, ReturnType<typeof run>, ReturnType<typeof run>];
const QUEUE = [A, B, C];

let seq = 0;

function asked(wish: Wish, state: OutboxItem['state'] = 'saved'): OutboxItem {
  seq += 1;
  const made = { id: `item-${seq}`, madeAt: '2026-11-23T10:00:00Z', madeBy: MAKER };
  return { ...wish, ...made, seq, follows: false, state, tries: 0, receipt: null };
}

function order(items: readonly OutboxItem[], listed = QUEUE): string {
  return expected(listed, items)
    .runs.map((one) => one.id)
    .join('');
}

test('two runs that change places stand in their new ones, and say so', () => {
  const swap = asked(swapRuns(A, C.id, 'late', QUEUE));
  const seen = expected(QUEUE, [swap]);
  expect(seen.runs).toEqual([C, B, A]);
  expect([seen.asked.get('a'), seen.asked.get('c'), seen.asked.get('b')]).toEqual([swap, swap, undefined]);
});

test('a second exchange builds on the first, as the server will do it', () => {
  const first = asked(swapRuns(A, B.id, 'late', QUEUE));
  const second = asked(swapRuns(A, C.id, 'late', expected(QUEUE, [first]).runs));
  expect(order([first, second])).toBe('bca');
  const back = asked(swapRuns(A, B.id, 'on time', expected(QUEUE, [first]).runs));
  expect(order([first, back])).toBe('abc');
});

test('what the queue shows already is not done again, though no answer came yet', () => {
  const swap = asked(swapRuns(A, B.id, 'late', QUEUE), 'sent');
  expect(order([swap], [B, A, C])).toBe('bac');
});

test('what was refused, or is confirmed, is not expected', () => {
  expect(order([asked(swapRuns(A, B.id, 'late', QUEUE), 'refused')])).toBe('abc');
  expect(order([asked(swapRuns(A, B.id, 'late', QUEUE), 'confirmed')])).toBe('abc');
});

test('a practice run comes first until the queue has it', () => {
  const practice = asked(practise(B, QUEUE));
  expect(expected(QUEUE, [practice]).practice).toEqual([{ item: practice, run: B }]);
  const held = run({ id: 'p', practice: true, entry: B.entry });
  expect(expected([held, ...QUEUE], [practice]).practice).toEqual([]);
  const again = asked(practise(B, [held, ...QUEUE]));
  expect(expected([held, ...QUEUE], [again]).practice).toHaveLength(1);
});

test('a sheet handed to another judge says so', () => {
  const aside = asked(stepAside(B, 'family'));
  expect(expected(QUEUE, [aside]).asked.get('b')).toBe(aside);
});
