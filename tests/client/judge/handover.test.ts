/** A lost tablet's commands on another one: as a file, each applied once whichever tablet sends it. */

import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { areOf, FORMAT, handedOver, readHandover, written } from '../../../app/client/judge/outbox/handover';
import type { Maker, OutboxItem, Wish } from '../../../app/client/judge/outbox/item';
import { Outbox } from '../../../app/client/judge/outbox/outbox';
import { OutboxStorage } from '../../../app/client/judge/outbox/storage';
import { openDatabase } from '../../../app/client/judge/store/database';
import { lockQueue, lossy, ModelServer, REFEREE } from './model_server';

const AIDA: Maker = { account: 'judge-a', name: 'Аида', device: 'tablet-1' };
const AT = '2026-11-23T10:00:00.000Z';

let names = 0;
const toClose: { close(): void }[] = [];

afterEach(() => {
  for (const one of toClose.splice(0)) one.close();
});

async function tablet(server: ModelServer, account: string | null): Promise<{ outbox: Outbox; who: { is: string | null } }> {
  const database = await openDatabase(`handover-test-${names++}`);
  const who = { is: account };
  const outbox = new Outbox({
    storage: new OutboxStorage(database),
    post: lossy(server, () => 1, () => 0),
    account: () => who.is,
    locks: lockQueue(),
    signedOut: () => {
      who.is = null;
    },
    pause: () => 0,
  });
  toClose.push(outbox, database);
  await outbox.open();
  return { outbox, who };
}

function wish(run: string): Wish {
  return {
    type: 'EnterScore',
    target: `c/demo/run/${run}`,
    lane: 'c/demo/field/A',
    expectedVersion: 0,
    payload: { sheet: { laps: 3 } },
    about: { team: 'Тұлпар', attempt: 1 },
  };
}

test('what a lost tablet kept is sent from another, and only once though the first comes back', async () => {
  const server = new ModelServer();
  const lost = await tablet(server, null);
  const made: string[] = [];
  for (const run of ['r1', 'r2', 'r3']) made.push(await lost.outbox.add(wish(run), AIDA));
  const items = readHandover(written(lost.outbox.items.value, 'tablet-1', AT));
  expect(items).toHaveLength(3);

  const other = await tablet(server, 'judge-a');
  expect(await other.outbox.takeOver(items ?? [])).toBe(3);
  expect(await other.outbox.takeOver(items ?? [])).toBe(0);
  await vi.waitFor(() => expect(other.outbox.unsent.value).toHaveLength(0));
  expect(server.applied.map((one) => one.id)).toEqual(made);

  lost.who.is = 'judge-a';
  lost.outbox.kick();
  await vi.waitFor(() => expect(lost.outbox.unsent.value).toHaveLength(0));
  expect(server.applied).toHaveLength(3);
  expect(lost.outbox.troubled.value).toEqual([]);
});

test('commands taken over wait for the judge who made them', async () => {
  const server = new ModelServer();
  const lost = await tablet(server, null);
  await lost.outbox.add(wish('r1'), AIDA);
  const other = await tablet(server, 'judge-b');
  await other.outbox.takeOver(readHandover(written(lost.outbox.items.value, 'tablet-1', AT)) ?? []);
  await other.outbox.add(wish('r2'), { account: 'judge-b', name: 'Бек', device: 'tablet-2' });
  server.signedIn = 'judge-b';
  await vi.waitFor(() => expect(server.applied.map((one) => one.target)).toEqual(['c/demo/run/r2']));
  expect(other.outbox.unsent.value.map((item) => item.madeBy.account)).toEqual(['judge-a']);
});

test('a referee who vouches for them sends them as their maker’s, once', async () => {
  const server = new ModelServer();
  const lost = await tablet(server, null);
  for (const run of ['r1', 'r2']) await lost.outbox.add(wish(run), AIDA);
  const other = await tablet(server, REFEREE);
  server.signedIn = REFEREE;
  await other.outbox.takeOver(readHandover(written(lost.outbox.items.value, 'tablet-1', AT)) ?? []);
  expect(server.applied).toEqual([]);
  await other.outbox.handIn(REFEREE);
  await vi.waitFor(() => expect(other.outbox.unsent.value).toHaveLength(0));
  expect(server.applied.map((one) => one.by)).toEqual(['judge-a', 'judge-a']);

  [server.signedIn, lost.who.is] = ['judge-a', 'judge-a'];
  lost.outbox.kick();
  await vi.waitFor(() => expect(lost.outbox.unsent.value).toHaveLength(0));
  expect(server.applied).toHaveLength(2);
  expect(lost.outbox.troubled.value).toEqual([]);
});

describe('a file', () => {
  const item: OutboxItem = {
    ...wish('r1'),
    seq: 4,
    id: 'id-1',
    follows: false,
    madeAt: AT,
    madeBy: AIDA,
    state: 'sent',
    tries: 2,
    receipt: null,
  };

  test('holds what is unsent or turned down, and what that follows', () => {
    const done: OutboxItem = { ...item, seq: 1, id: 'id-0', state: 'confirmed' };
    const alone: OutboxItem = { ...done, seq: 2, id: 'id-9', target: 'c/demo/run/r9' };
    const refused: OutboxItem = { ...item, seq: 3, id: 'id-3', target: 'c/demo/run/r3', state: 'refused' };
    const chosen = handedOver([done, alone, refused, { ...item, follows: true }]);
    expect(chosen.map((one) => one.id)).toEqual(['id-0', 'id-3', 'id-1']);
  });

  test('brings back what was on its way as saved, and its tries', () => {
    const [back] = readHandover(written([item], 'tablet-1', AT)) ?? [];
    expect(back).toMatchObject({ id: 'id-1', state: 'saved', tries: 2, madeBy: AIDA, payload: item.payload });
    expect(back).not.toHaveProperty('seq');
  });

  test.each([
    ['nothing', ''],
    ['another file', '{"format":"other","commands":[]}'],
    ['half a file', written([item], 'tablet-1', AT).slice(0, -20)],
    ['a command without an id', JSON.stringify({ format: FORMAT, commands: [{ ...item, id: '' }] })],
    ['a command in no state', JSON.stringify({ format: FORMAT, commands: [{ ...item, state: 'lost' }] })],
    ['a command of nobody', JSON.stringify({ format: FORMAT, commands: [{ ...item, madeBy: {} }] })],
    ['text', JSON.stringify({ format: FORMAT, commands: ['x'] })],
  ])('that is %s is refused whole', (_, text) => {
    expect(readHandover(text)).toBeNull();
  });

  test('of another competition is told apart', () => {
    expect([areOf([item], 'demo'), areOf([item], 'dem')]).toEqual([true, false]);
  });
});
