/** Sheets told to the chief judge while they are filled in: seldom, only news, never in words, and by their maker. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Answer } from '../../../app/client/judge/api';
import { newDraft, withMark, withValue, type Draft } from '../../../app/client/judge/sheet/draft';
import { SheetEditor } from '../../../app/client/judge/sheet/editor';
import { EVERY_MS, Telling, withoutWords } from '../../../app/client/judge/sheet/telling';
import { draftKey } from '../../../app/client/judge/store/drafts';
import { field, ruleset, run } from './rulesets';

const RULES = ruleset([field('p', 'whole'), field('why', 'text')]);
const RUN = run();
const FIRST = newDraft(draftKey('aida', RUN.target), RUN, RULES);

interface Told {
  sheet: unknown;
  changed_ms_ago: number;
}

let sent: Told[] = [];
let answer: Answer<unknown> = { kind: 'ok', body: {} };
let account: string | null = 'aida';
let telling: Telling;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answer = { kind: 'ok', body: {} };
  account = 'aida';
  telling = new Telling({
    post: (_path, body) => {
      sent.push(body as Told);
      return Promise.resolve(answer as never);
    },
    account: () => account,
    nowMs: () => Date.now(),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const points = (of: number): Draft => withValue(FIRST, ['p'], of);

test('taps in quick succession are told at once, then the newest of them after a while', async () => {
  for (const of of [1, 2, 3, 4]) {
    telling.changed(points(of), RULES);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(sent.map((one) => one.sheet)).toEqual([{ p: 1 }]);
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(sent.map((one) => one.sheet)).toEqual([{ p: 1 }, { p: 4 }]);
  await vi.advanceTimersByTimeAsync(10 * EVERY_MS);
  expect(sent).toHaveLength(2);
});

test('what the desk is not shown is no news', async () => {
  telling.changed(points(1), RULES);
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  telling.changed({ ...points(1), note: 'a note' }, RULES);
  telling.changed(withValue(points(1), ['why'], 'Айгүл touched the robot'), RULES);
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(sent).toHaveLength(1);
  telling.changed(withMark(points(1), 'DSQ'), RULES);
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(sent.at(-1)).toMatchObject({ sheet: { p: 1 }, mark: 'DSQ', version: FIRST.version, target: RUN.target });
});

test('without a network nothing is sent, and afterwards how old it is', async () => {
  account = null;
  telling.changed(points(1), RULES);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toEqual([]);
  account = 'aida';
  telling.again();
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  expect(sent).toHaveLength(1);
  expect(sent[0]?.changed_ms_ago).toBeGreaterThanOrEqual(60_000);
});

test('a message that is lost is not sent again and again', async () => {
  answer = { kind: 'unreached' };
  telling.changed(points(1), RULES);
  await vi.advanceTimersByTimeAsync(20 * EVERY_MS);
  expect(sent).toHaveLength(1);
  answer = { kind: 'ok', body: {} };
  telling.again();
  await vi.advanceTimersByTimeAsync(20 * EVERY_MS);
  expect(sent).toHaveLength(2);
});

test('a sheet that was confirmed or thrown away is said to be no more, once', async () => {
  const drafts = { keep: () => Promise.resolve(), drop: () => Promise.resolve() };
  const tell = (draft: Draft | null): void => (draft ? telling.changed(draft, RULES) : telling.dropped(FIRST.key));
  const editor = new SheetEditor(FIRST, drafts, tell);
  editor.change((old) => withValue(old, ['p'], 7));
  await editor.drop();
  await vi.advanceTimersByTimeAsync(5 * EVERY_MS);
  telling.again();
  await vi.advanceTimersByTimeAsync(5 * EVERY_MS);
  expect(sent.map((one) => one.sheet)).toEqual([null]);
});

test('nobody tells of sheets that somebody else began at the tablet', async () => {
  telling.changed(points(1), RULES);
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  account = 'bolat';
  telling.again();
  telling.changed(points(2), RULES);
  await vi.advanceTimersByTimeAsync(5 * EVERY_MS);
  expect(sent).toHaveLength(1);
});

test('who signs out takes their sheets along', async () => {
  telling.changed(points(1), RULES);
  await vi.advanceTimersByTimeAsync(EVERY_MS);
  telling.leave();
  expect(sent.at(-1)?.sheet).toBeNull();
  telling.again();
  await vi.advanceTimersByTimeAsync(5 * EVERY_MS);
  expect(sent).toHaveLength(2);
});

test('words inside rows stay on the tablet, too', () => {
  const fields = [field('found', 'rows', { fields: [field('far', 'whole'), field('who', 'text')] })];
  expect(withoutWords(fields, { found: [{ far: 2, who: 'Айгүл' }, {}] })).toEqual({ found: [{ far: 2 }, {}] });
});
