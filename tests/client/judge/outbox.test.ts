/** The outbox against a model server and a bad network: every command once, in order, nobody's but its maker's. */

import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { lettingStand, type CommandType, type Maker, type Wish } from '../../../app/client/judge/outbox/item';
import { Outbox } from '../../../app/client/judge/outbox/outbox';
import { OutboxStorage } from '../../../app/client/judge/outbox/storage';
import { openDatabase, type Database } from '../../../app/client/judge/store/database';
import { lockQueue, lossy, ModelServer, seeded, type Random } from './model_server';

const AIDA: Maker = { account: 'judge-a', name: 'Аида', device: 'tablet-1' };
const BEK: Maker = { account: 'judge-b', name: 'Бек', device: 'tablet-1' };
const ABOUT = { team: 'Тұлпар', attempt: 1 };

let names = 0;
const toClose: { close(): void }[] = [];

afterEach(() => {
  for (const one of toClose.splice(0)) one.close();
});

function wish(type: CommandType, run: string, over: Partial<Wish> = {}): Wish {
  const target = `c/demo/run/${run}`;
  return {
    type,
    target,
    lane: 'c/demo/field/A',
    expectedVersion: 0,
    payload: { run, type },
    about: ABOUT,
    ...over,
  };
}

interface Bench {
  readonly server: ModelServer;
  readonly outbox: Outbox;
  readonly database: Database;
  readonly session: { account: string | null; expired: number };
  trouble: number;
}

async function bench(
  random: Random = () => 1,
  server = new ModelServer(),
  database?: Database,
  pauseMs = 0,
): Promise<Bench> {
  const opened = database ?? (await openDatabase(`outbox-test-${names++}`));
  const session: Bench['session'] = { account: 'judge-a', expired: 0 };
  const made = { server, database: opened, session, trouble: 0 } as Bench & { outbox: Outbox };
  const outbox = new Outbox({
    storage: new OutboxStorage(opened),
    post: lossy(server, random, () => made.trouble),
    account: () => session.account,
    locks: lockQueue(),
    signedOut: () => {
      session.account = null;
      session.expired += 1;
    },
    pause: () => pauseMs,
  });
  toClose.push(outbox, ...(database ? [] : [opened]));
  await outbox.open();
  return Object.assign(made, { outbox });
}

async function settledDown(outbox: Outbox): Promise<void> {
  await vi.waitFor(() => expect(outbox.unsent.value).toHaveLength(0), { timeout: 10_000, interval: 5 });
}

function states(outbox: Outbox): string[] {
  return outbox.items.value.map((item) => item.state);
}

describe('a server that came back from a backup', () => {
  test.each([0, 1, 3, 7])('gets what it lost, each once and in order (%i commands lost)', async (lost) => {
    const { server, outbox } = await bench();
    const made: string[] = [];
    for (const run of ['r1', 'r2', 'r3']) {
      made.push(await outbox.add(wish('EnterScore', run, { payload: { run } }), AIDA));
      await settledDown(outbox);
    }
    for (const points of [1, 2, 3, 4]) {
      const version = server.versions.get('c/demo/run/r2') ?? 0;
      made.push(await outbox.add(wish('CorrectScore', 'r2', { expectedVersion: version, payload: { points } }), AIDA));
      await settledDown(outbox);
    }
    server.restoreWithout(lost);
    await outbox.inEpoch(2);
    await settledDown(outbox);
    expect(server.applied.map((one) => one.id)).toEqual(made);
    expect(outbox.troubled.value).toEqual([]);
    await outbox.inEpoch(2);
    expect(outbox.unsent.value).toEqual([]);
  });
});

describe('what is offered again', () => {
  test('is the very command it was, where the server has kept it: another tablet had scored in between', async () => {
    const { server, outbox } = await bench();
    await outbox.add(wish('EnterScore', 'r1'), AIDA);
    await settledDown(outbox);
    server.scoreBy('judge-b', 'c/demo/run/r1');
    const version = server.versions.get('c/demo/run/r1') ?? 0;
    await outbox.add(wish('CorrectScore', 'r1', { expectedVersion: version }), AIDA);
    await settledDown(outbox);
    server.restoreWithout(0);
    await outbox.inEpoch(2);
    await settledDown(outbox);
    expect(server.reused).toEqual([]);
    expect(outbox.troubled.value).toEqual([]);
  });

  test('holds up nothing behind what another got in first, however long the chain', async () => {
    const { server, outbox } = await bench();
    await outbox.add(wish('EnterScore', 'r1'), AIDA);
    await settledDown(outbox);
    for (const points of [1, 2]) {
      const version = server.versions.get('c/demo/run/r1') ?? 0;
      await outbox.add(wish('CorrectScore', 'r1', { expectedVersion: version, payload: { points } }), AIDA);
      await settledDown(outbox);
    }
    server.restoreWithout(3);
    server.scoreBy('judge-b', 'c/demo/run/r1');
    await outbox.inEpoch(2);
    const next = await outbox.add(wish('EnterScore', 'r2'), AIDA);
    await vi.waitFor(() => expect(server.applied.map((one) => one.id)).toContain(next));
    await vi.waitFor(() => expect(outbox.troubled.value).toHaveLength(1));
    expect(outbox.unsent.value).toHaveLength(2);
  });

  test('comes before what was made since, though the tablet has not heard of the restore', async () => {
    const { server, outbox } = await bench();
    const lost = await outbox.add(wish('EnterScore', 'r1'), AIDA);
    await settledDown(outbox);
    server.restoreWithout(1);
    server.guards = 1;
    const next = await outbox.add(wish('EnterScore', 'r2'), AIDA);
    await settledDown(outbox);
    expect(server.applied.map((one) => one.id)).toEqual([lost, next]);
  });

  test('is not offered in a circle to a server that always says it is in another epoch', async () => {
    const { server, outbox } = await bench(() => 1, new ModelServer(), undefined, 60_000);
    server.guards = 7;
    await outbox.add(wish('EnterScore', 'r1'), AIDA);
    await vi.waitFor(() => expect(outbox.nextTryMs.value).not.toBeNull());
    expect(server.guards).toBe(5);
  });
});

describe('a bad network', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('applies each command once, in order per field (seed %i)', async (seed) => {
    const random = seeded(seed);
    const tablet = await bench(random);
    const { server, outbox } = tablet;
    tablet.trouble = 0.6;
    const made: string[] = [];
    for (let index = 0; index < 30; index++) {
      const field = random() < 0.5 ? 'A' : 'B';
      made.push(
        await outbox.add(
          wish('EnterScore', `r${index}`, { lane: `c/demo/field/${field}`, payload: { field } }),
          AIDA,
        ),
      );
      if (random() < 0.3) await new Promise((resolve) => setImmediate(resolve));
    }
    await settledDown(outbox);
    expect(server.reused).toEqual([]);
    expect(server.applied.map((one) => one.id).sort()).toEqual([...made].sort());
    for (const field of ['A', 'B']) {
      const arrived = server.applied.filter((one) => one.payload['field'] === field).map((one) => one.id);
      expect(arrived).toEqual(made.filter((id) => arrived.includes(id)));
    }
  });

  test.each([11, 12, 13, 14])(
    'a score corrected while it was under way ends as the correction (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const made = await bench(random);
      made.trouble = 0.7;
      for (let index = 0; index < 6; index++) {
        await made.outbox.add(wish('EnterScore', `r${index}`, { payload: { points: 1 } }), AIDA);
        await new Promise((resolve) => setImmediate(resolve));
        await made.outbox.add(wish('CorrectScore', `r${index}`, { payload: { points: 2 } }), AIDA);
      }
      await settledDown(made.outbox);
      expect(made.outbox.troubled.value).toEqual([]);
      expect(made.server.reused).toEqual([]);
      for (let index = 0; index < 6; index++) {
        const last = made.server.applied.findLast((one) => one.target === `c/demo/run/r${index}`);
        expect(last?.payload).toEqual({ points: 2 });
      }
    },
  );

  test('a killed browser sends what it had kept, once', async () => {
    const server = new ModelServer();
    const first = await bench(() => 0.3, server); // every answer is lost on its way back
    first.trouble = 1;
    const id = await first.outbox.add(wish('EnterScore', 'r1'), AIDA);
    await vi.waitFor(() => expect(server.applied).toHaveLength(1));
    first.outbox.close();
    const second = await bench(undefined, server, first.database);
    await settledDown(second.outbox);
    expect(server.applied.map((one) => one.id)).toEqual([id]);
    expect(states(second.outbox)).toEqual(['confirmed']);
  });

  test('nothing is reported as kept when the store is full', async () => {
    const { outbox, database, server } = await bench();
    const full = new DOMException('full', 'QuotaExceededError');
    vi.spyOn(database, 'transaction').mockImplementationOnce(() => {
      throw full;
    });
    await expect(outbox.add(wish('EnterScore', 'r1'), AIDA)).rejects.toBe(full);
    expect(outbox.items.value).toEqual([]);
    expect(server.applied).toEqual([]);
  });
});

describe('whose commands these are', () => {
  test("another sign-in does not send the first one's commands, and its own pass them", async () => {
    const made = await bench();
    made.session.account = null;
    await made.outbox.add(wish('EnterScore', 'r1'), AIDA);
    made.session.account = made.server.signedIn = 'judge-b';
    await made.outbox.add(wish('EnterScore', 'r2'), BEK);
    await vi.waitFor(() => expect(made.server.applied.map((one) => one.by)).toEqual(['judge-b']));
    await vi.waitFor(() => expect(states(made.outbox)).toEqual(['saved', 'confirmed']));
    made.session.account = made.server.signedIn = 'judge-a';
    made.outbox.kick();
    await settledDown(made.outbox);
    expect(made.server.applied.map((one) => one.by)).toEqual(['judge-b', 'judge-a']);
  });

  test('where the browser is signed in as somebody else by now, they are not refused but wait', async () => {
    const made = await bench();
    made.server.signedIn = 'judge-b'; // another tab signed in; this one has not heard
    await made.outbox.add(wish('EnterScore', 'r1'), AIDA);
    await vi.waitFor(() => expect(made.session.expired).toBe(1));
    await vi.waitFor(() => expect(states(made.outbox)).toEqual(['saved']));
    made.session.account = made.server.signedIn = 'judge-a';
    made.outbox.kick();
    await settledDown(made.outbox);
    expect(made.server.applied.map((one) => one.by)).toEqual(['judge-a']);
  });

  test('an expired session pauses them until the same person is back', async () => {
    const made = await bench();
    made.server.signedIn = null;
    await made.outbox.add(wish('EnterScore', 'r1'), AIDA);
    await vi.waitFor(() => expect(made.session.expired).toBe(1));
    await vi.waitFor(() => expect(states(made.outbox)).toEqual(['saved']));
    await made.outbox.add(wish('EnterScore', 'r2'), AIDA);
    expect(made.session.expired).toBe(1);
    made.session.account = made.server.signedIn = 'judge-a';
    made.outbox.kick();
    await settledDown(made.outbox);
    expect(made.server.applied.map((one) => one.target)).toEqual(['c/demo/run/r1', 'c/demo/run/r2']);
  });
});

describe('what the server says no to', () => {
  test('a conflict stays with what changed, and mine goes in with the new version', async () => {
    const made = await bench();
    made.server.scoreBy('judge-z', 'c/demo/run/r1');
    await made.outbox.add(wish('EnterScore', 'r1'), AIDA);
    await vi.waitFor(() => expect(states(made.outbox)).toEqual(['conflict']));
    const [conflicting] = made.outbox.items.value;
    expect(conflicting?.receipt?.changed[0]?.by).toBe('judge-z');
    const version = conflicting?.receipt?.version ?? null;
    await made.outbox.add(wish('CorrectScore', 'r1', { expectedVersion: version }), AIDA);
    await settledDown(made.outbox);
    expect(states(made.outbox)).toEqual(['confirmed']);
    expect(made.server.applied.map((one) => one.by)).toEqual(['judge-z', 'judge-a']);
  });

  test('a correction in its place settles what the server kept, however often it comes too late', async () => {
    const made = await bench();
    made.server.scoreBy('judge-z', 'c/demo/run/r1');
    const late = await made.outbox.add(wish('EnterScore', 'r1'), AIDA);
    await vi.waitFor(() => expect(states(made.outbox)).toEqual(['conflict']));
    const later = await made.outbox.add(wish('CorrectScore', 'r1'), AIDA);
    await vi.waitFor(() => expect(states(made.outbox)).toEqual(['conflict']));
    expect(made.outbox.items.value[0]?.payload['settles']).toEqual([late]);
    const version = made.outbox.items.value[0]?.receipt?.version ?? null;
    await made.outbox.add(wish('CorrectScore', 'r1', { expectedVersion: version }), AIDA);
    await settledDown(made.outbox);
    expect(made.outbox.items.value.map((item) => item.payload['settles'])).toEqual([[late, later]]);
  });

  test('let go it is told to the server, and only then gone from the tablet', async () => {
    const made = await bench();
    made.server.scoreBy('judge-z', 'c/demo/run/r1');
    const late = await made.outbox.add(wish('EnterScore', 'r1'), AIDA);
    await vi.waitFor(() => expect(states(made.outbox)).toEqual(['conflict']));
    const [item] = made.outbox.items.value;
    if (!item) throw new Error('nothing is kept');
    await made.outbox.add(lettingStand(item), AIDA);
    await settledDown(made.outbox);
    expect(made.outbox.items.value.map((one) => [one.type, one.state, one.payload])).toEqual([
      ['SettleDisputes', 'confirmed', { disputes: [late] }],
    ]);
  });

  test('a refused score stays with its reason until a mended one, with an id of its own, replaces it', async () => {
    const made = await bench();
    const first = await made.outbox.add(wish('EnterScore', 'r1', { payload: { refuse: true } }), AIDA);
    await vi.waitFor(() => expect(states(made.outbox)).toEqual(['refused']));
    expect(made.outbox.troubled.value[0]?.receipt?.code).toBe('sheet_invalid');
    const second = await made.outbox.add(wish('EnterScore', 'r1'), AIDA);
    expect(second).not.toBe(first);
    await settledDown(made.outbox);
    expect(made.outbox.items.value.map((item) => [item.id, item.state])).toEqual([[second, 'confirmed']]);
    expect(made.server.applied.map((one) => one.id)).toEqual([second]);
  });

  test('a refusal holds back only what builds on it', async () => {
    const made = await bench();
    await made.outbox.add(wish('EnterScore', 'r1', { payload: { refuse: true } }), AIDA);
    await made.outbox.add(wish('EnterScore', 'r2'), AIDA);
    await settledDown(made.outbox);
    expect(states(made.outbox)).toEqual(['refused', 'confirmed']);
  });

  test('one unreadable command of a batch is refused alone', async () => {
    const made = await bench();
    made.session.account = null;
    made.server.unreadable = (command) => command.payload['odd'] === true;
    await made.outbox.add(wish('EnterScore', 'r1'), AIDA);
    await made.outbox.add(wish('EnterScore', 'r2', { payload: { odd: true } }), AIDA);
    await made.outbox.add(wish('EnterScore', 'r3'), AIDA);
    made.session.account = 'judge-a';
    made.outbox.kick();
    await settledDown(made.outbox);
    expect(states(made.outbox)).toEqual(['confirmed', 'refused', 'confirmed']);
    expect(made.server.applied.map((one) => one.target)).toEqual(['c/demo/run/r1', 'c/demo/run/r3']);
  });
});

describe('what a new command makes needless', () => {
  test('an opening nobody saw is dropped once its run is scored, one that was sent is not', async () => {
    const made = await bench();
    made.session.account = null;
    await made.outbox.add(wish('OpenRun', 'r1'), AIDA);
    await made.outbox.add(wish('EnterScore', 'r1'), AIDA);
    await made.outbox.add(wish('OpenRun', 'r2'), AIDA);
    expect(made.outbox.items.value.map((item) => [item.type, item.target.slice(-2)])).toEqual([
      ['EnterScore', 'r1'],
      ['OpenRun', 'r2'],
    ]);
  });

  test('a score re-entered before it was ever sent replaces the first', async () => {
    const made = await bench();
    made.session.account = null;
    await made.outbox.add(wish('EnterScore', 'r1', { payload: { points: 1 } }), AIDA);
    await made.outbox.add(wish('EnterScore', 'r1', { payload: { points: 2 } }), AIDA);
    expect(made.outbox.items.value.map((item) => item.payload)).toEqual([{ points: 2 }]);
  });
});

test('two tabs share one outbox: one sends at a time, both see the same', async () => {
  const server = new ModelServer();
  const first = await bench(seeded(5), server);
  const locks = lockQueue();
  const tabs = [0, 1].map(
    () =>
      new Outbox({
        storage: new OutboxStorage(first.database),
        post: lossy(server, seeded(9), () => 0.5),
        account: () => 'judge-a',
        locks,
        signedOut: () => undefined,
        pause: () => 0,
      }),
  );
  toClose.push(...tabs);
  first.outbox.close();
  const made: string[] = [];
  for (let index = 0; index < 20; index++) {
    for (const tab of tabs.slice(index % 2, (index % 2) + 1))
      made.push(await tab.add(wish('EnterScore', `r${index}`), AIDA));
  }
  for (const tab of tabs) await settledDown(tab);
  expect(locks.mostHolders()).toBe(1);
  expect(server.applied.map((one) => one.id)).toEqual(made);
});
