/** What the tablet makes of the server's answers: commands taken, refused or not reached, and who is signed in. */

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { postCommands } from '../../../app/client/judge/api';
import { Session } from '../../../app/client/judge/session/session';
import { openDatabase, type Database } from '../../../app/client/judge/store/database';
import { FactStore } from '../../../app/client/judge/store/facts';
import { obstacle } from '../../../app/client/judge/floor';
import { askForPersistence } from '../../../app/client/judge/store/persistence';
import { addressOf, pageOf } from '../../../app/client/judge/route';
import { clockText, hallOffsetMin } from '../../../app/client/judge/words';
import { offlineStart } from '../../../app/client/judge/offline_start';
import { uuid7 } from '../../../app/client/judge/outbox/uuid7';
import { LONGEST_WAIT_MS, waitMs } from '../../../app/client/judge/outbox/backoff';

type Answers = Record<string, () => Response>;

const AIDA = { id: 'aida', name: 'Аида', role: 'judge', competition: 'demo', fields: ['A'] };
const ME = { account: AIDA, device: 'tablet', epoch: 1, server_time_utc: '2026-11-23T10:00:00Z' };

let answers: Answers = {};

function json(body: unknown, status = 200): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } });
}

function problem(status: number, code: string): Response {
  return json({ status, code, title: code, detail: `why ${code}`, errors: [] }, status);
}

beforeEach(() => {
  vi.stubGlobal('fetch', (path: string) => {
    const answer = answers[path];
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('no network'));
  });
});

afterEach(() => {
  answers = {};
  vi.unstubAllGlobals();
});

describe('an answer to commands', () => {
  const page = (): Response =>
    new Response('<html>Sign in to the Wi-Fi</html>', { headers: { 'Content-Type': 'text/html' } });
  test.each<[string, (() => Response) | undefined, object]>([
    ['with receipts is taken', () => json({ receipts: [] }), { kind: 'receipts', receipts: [] }],
    ['without receipts is no answer', () => json({}), { kind: 'unreached' }],
    ['from a captive portal is no answer', page, { kind: 'unreached' }],
    ['that never came is no answer', undefined, { kind: 'unreached' }],
    ['from a server in trouble is tried again', () => problem(503, 'not_stored'), { kind: 'unreached' }],
    ['that asks to slow down is tried again', () => problem(429, 'too_much_sent'), { kind: 'unreached' }],
    [
      'of a proxy that says 400 in its own words is no answer',
      () => new Response('no', { status: 400 }),
      { kind: 'unreached' },
    ],
    ['to an expired session pauses', () => problem(401, 'sign_in_needed'), { kind: 'signed_out' }],
    [
      'that the server cannot read them is final',
      () => problem(400, 'command_malformed'),
      { kind: 'rejected', code: 'command_malformed', detail: 'why command_malformed' },
    ],
  ])('%s', async (_name, answer, outcome) => {
    if (answer) answers['/api/v1/commands'] = answer;
    expect(await postCommands([])).toEqual(outcome);
  });
});

describe('the session', () => {
  let names = 0;
  let database: Database;

  beforeEach(async () => {
    database = await openDatabase(`session-test-${String(names++)}`);
  });

  const toClose: Session[] = [];

  afterEach(() => {
    for (const session of toClose.splice(0)) session.close();
    database.close();
  });

  async function opened(): Promise<Session> {
    const session = new Session(new FactStore(database));
    toClose.push(session);
    await session.open();
    return session;
  }

  test('starts as the one who signed in last where the network is off', async () => {
    answers['/api/v1/me'] = () => json(ME);
    await opened();
    answers = {};
    const session = await opened();
    expect(session.state.value).toEqual({ kind: 'active', me: ME });
    expect([session.sender(), session.maker()?.device]).toEqual(['aida', 'tablet']);
  });

  test('that ran out is still known, but sends nothing', async () => {
    answers['/api/v1/me'] = () => json(ME);
    await opened();
    answers['/api/v1/me'] = () => problem(401, 'sign_in_needed');
    const session = await opened();
    await vi.waitFor(() => expect(session.state.value.kind).toBe('expired'));
    expect([session.sender(), session.maker()?.account]).toEqual([null, 'aida']);
  });

  test('of a tablet nobody signed in at is nobody, with or without the network', async () => {
    expect((await opened()).state.value.kind).toBe('nobody');
    answers['/api/v1/me'] = () => problem(401, 'sign_in_needed');
    expect((await opened()).state.value.kind).toBe('nobody');
  });

  test('is taken over by whoever came in by a link', async () => {
    answers['/api/v1/me'] = () => json(ME);
    await opened();
    answers['/api/v1/me'] = () => json({ ...ME, account: { ...AIDA, id: 'bek' } });
    const session = await opened();
    await vi.waitFor(() => expect(session.sender()).toBe('bek'));
  });

  test('is one for all tabs', async () => {
    answers['/api/v1/me'] = () => json(ME);
    const tabs = [await opened(), await opened()] as const;
    await tabs[0].signOut();
    await vi.waitFor(() => expect(tabs[1].state.value.kind).toBe('nobody'));
    answers['/api/v1/sign-in'] = () => json({ ...ME, account: { ...AIDA, id: 'bek' } });
    await tabs[1].signIn('bek', '123456');
    await vi.waitFor(() => expect(tabs[0].sender()).toBe('bek'));
  });

  test('offers the accounts that work at a tablet, also with the network off', async () => {
    const accounts = [AIDA, { ...AIDA, id: 'chief', role: 'referee' }, { ...AIDA, id: 'desk', role: 'organiser' }];
    answers['/api/v1/me'] = () => problem(401, 'sign_in_needed');
    answers['/api/v1/sign-in/accounts'] = () => json({ accounts });
    const first = await opened();
    await vi.waitFor(() => expect(first.accounts.value).toHaveLength(2));
    answers = {};
    expect((await opened()).accounts.value.map((account) => account.id)).toEqual(['aida', 'chief']);
  });

  test('says why a PIN was not taken, and that the server was not reached', async () => {
    const session = await opened();
    expect(await session.signIn('aida', '000000')).toBe('unreached');
    answers['/api/v1/sign-in'] = () => problem(401, 'pin_wrong');
    expect(await session.signIn('aida', '000000')).toMatchObject({ code: 'pin_wrong' });
    answers['/api/v1/sign-in'] = () => json(ME);
    expect(await session.signIn('aida', '123456')).toBeNull();
    expect(session.sender()).toBe('aida');
  });

  test('ended by hand is forgotten here even when the server cannot be told', async () => {
    answers['/api/v1/me'] = () => json(ME);
    const session = await opened();
    answers = {};
    await session.signOut();
    expect((await opened()).state.value.kind).toBe('nobody');
    let told = 0;
    answers['/api/v1/me'] = () => json(ME);
    answers['/api/v1/sign-out'] = () => json({ signed_out: (told += 1) > 0 });
    expect((await opened()).state.value.kind).toBe('nobody');
    expect(told).toBe(1);
    expect((await opened()).sender()).toBe('aida'); // told once; who comes back after that is welcome
  });
});

test('ids are version 7, and sort by the millisecond they were made in', () => {
  const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((nowMs) => uuid7(nowMs));
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(Array.from({ length: 1000 }, () => uuid7(0))).size).toBe(1000);
});

test('waits grow, are spread, and never pass the longest', () => {
  expect([1, 2, 3].map((failures) => waitMs(failures, 0))).toEqual([500, 1000, 2000]);
  expect(waitMs(1, 0.999)).toBeGreaterThan(990);
  expect(waitMs(60, 0.999)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
});

test('the browser is asked for lasting storage, and its answer told as it is', async () => {
  const answer = (persisted: boolean, persist: boolean) => ({
    persisted: () => Promise.resolve(persisted),
    persist: () => Promise.resolve(persist),
  });
  expect(await askForPersistence(answer(true, false))).toBe('granted');
  expect(await askForPersistence(answer(false, true))).toBe('granted');
  expect(await askForPersistence(answer(false, false))).toBe('refused');
  expect(await askForPersistence({})).toBe('unknown');
});

test('a browser below the floor is told by what it lacks', () => {
  const old = {
    isSecureContext: true,
    navigator: {},
    indexedDB: {},
    BroadcastChannel: {},
    AbortSignal: {},
  } as unknown as typeof globalThis;
  expect(obstacle(old)).toEqual({ kind: 'old', missing: ['Web Locks'] });
});

test('a browser on an insecure address is not called old', () => {
  const insecure = { isSecureContext: false, navigator: {}, indexedDB: {} } as unknown as typeof globalThis;
  expect(obstacle(insecure)).toEqual({ kind: 'insecure' });
});

test.each(['#/queue', '#/outbox', '#/sign_in', '#/sheet/r1', '#/review/r1', '#/settle/c1'])(
  '%s is an address',
  (hash) => {
    expect(addressOf(pageOf(hash))).toBe(hash);
  },
);

test.each(['', '#', '#/', '#/nowhere', '#/sheet'])('“%s” leads to the queue', (hash) => {
  expect(pageOf(hash)).toEqual({ kind: 'queue' });
});

test('times of day are those of the hall, whatever zone the tablet is set to', () => {
  const at = Date.parse('2026-11-23T21:30:00Z');
  hallOffsetMin.value = 300;
  expect(clockText(at)).toBe('02:30');
  hallOffsetMin.value = -90;
  expect(clockText(at)).toBe('20:00');
  hallOffsetMin.value = null;
});

test('what keeps a tablet from starting without network is told one by one', () => {
  const divisions = { line: { name: { kk: '', ru: '', en: '' }, ruleset_digest: 'd' } };
  const [queue, rules] = [{ divisions }, { d: {} }];
  const kept = { kind: 'kept' } as const;
  expect(offlineStart({ kind: 'asking' }, queue, rules, 'granted').kind).toBe('page_coming');
  expect(offlineStart({ kind: 'failed', reason: 'no' }, queue, rules, 'granted')).toEqual({
    kind: 'page_missing',
    reason: 'no',
  });
  expect(offlineStart(kept, null, rules, 'granted').kind).toBe('queue_missing');
  expect(offlineStart(kept, queue, {}, 'granted')).toEqual({ kind: 'rules_missing', divisions: ['line'] });
  expect(offlineStart(kept, queue, rules, 'refused').kind).toBe('unsure');
  expect(offlineStart(kept, queue, rules, 'granted').kind).toBe('ready');
});
