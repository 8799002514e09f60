/** The live feed against a real Socket.IO server: joining, ordering, lost updates, restarts and restores. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Feed } from '../../../app/client/feed/feed';
import { LiveServer } from './live_server';

const FIELD = 'c/demo/field/A';
const STANDINGS = 'c/demo/division/line/standings';
const SELDOM = { whileOfflineMs: 60_000, betweenChecksMs: 60_000 };
const OFTEN = { whileOfflineMs: 50, betweenChecksMs: 50 };

let server: LiveServer;
let feed: Feed;

function follow(pauses = SELDOM): Feed {
  feed = new Feed(server.origin, pauses);
  return feed;
}

function shown(topic: string): unknown {
  return feed.topic<unknown>(topic).peek()?.data;
}

async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(condition()).toBe(true), { timeout: 8_000, interval: 10 });
}

beforeEach(async () => {
  server = new LiveServer();
  server.publish(FIELD, 5, 'five');
  server.publish(STANDINGS, 3, 'three');
  await server.start();
});

afterEach(async () => {
  feed.close();
  await server.stop();
});

describe('following a topic', () => {
  it('shows the snapshot of the join, then every newer update', async () => {
    follow();
    await until(() => shown(FIELD) === 'five');
    server.publish(FIELD, 9, 'nine');
    await until(() => shown(FIELD) === 'nine');
  });

  it('ignores an update that is older than what it has, or the same', async () => {
    follow();
    await until(() => shown(FIELD) === 'five');
    const old = { topic: FIELD, epoch: 1, at_utc: '' };
    server.send({ ...old, version: 4, data: 'late' });
    server.send({ ...old, version: 5, data: 'again' });
    server.publish(STANDINGS, 4, 'after both');
    feed.topic(STANDINGS);
    await until(() => shown(STANDINGS) === 'after both');
    expect(shown(FIELD)).toBe('five');
  });

  it('joins everything again on a new connection when somebody else has signed in', async () => {
    follow();
    await until(() => shown(FIELD) === 'five');
    const before = server.connections;
    feed.reconnect();
    await until(() => server.connections === before + 1 && server.joined.length === 2);
    expect(server.joined[1]).toEqual([FIELD]);
    await until(() => feed.offlineSince.peek() === null);
  });

  it('says which topics it was refused, and asks again until they are there', async () => {
    follow(OFTEN).topic('c/demo/field/Z');
    await until(() => feed.refused.value['c/demo/field/Z'] === 'topic_unknown');
    server.publish('c/demo/field/Z', 1, 'new field');
    await until(() => shown('c/demo/field/Z') === 'new field');
    expect(feed.refused.value).toEqual({});
  });

  it('hears nothing more of a topic that it left', async () => {
    follow();
    await until(() => shown(FIELD) === 'five' && shown(STANDINGS) === 'three');
    const left = feed.topic<unknown>(FIELD);
    feed.leave(FIELD);
    server.publish(FIELD, 6, 'six');
    server.publish(STANDINGS, 4, 'four');
    await until(() => shown(STANDINGS) === 'four');
    expect(left.value?.data).toBe('five');
  });
});

describe('when something goes wrong', () => {
  it('finds an update that was lost on its way', async () => {
    follow(OFTEN);
    await until(() => shown(FIELD) === 'five');
    server.losesUpdates = true;
    server.publish(FIELD, 8, 'lost');
    await until(() => shown(FIELD) === 'lost');
  });

  it('says since when it is offline, keeps what it had, and heals after a restart', async () => {
    follow();
    await until(() => shown(FIELD) === 'five');
    expect(feed.offlineSince.value).toBeNull();
    const before = Date.now();
    await server.stop();
    await until(() => feed.offlineSince.value !== null);
    expect(feed.offlineSince.value?.getTime()).toBeGreaterThanOrEqual(before);
    expect(shown(FIELD)).toBe('five');
    server.publish(FIELD, 12, 'while away');
    await server.start();
    await until(() => shown(FIELD) === 'while away');
    expect(feed.offlineSince.value).toBeNull();
  });

  it('comes back to a server that hung up', async () => {
    follow();
    await until(() => shown(FIELD) === 'five');
    const joins = server.joined.length;
    server.hangUp();
    await until(() => feed.offlineSince.value !== null);
    await until(() => feed.offlineSince.value === null && server.joined.length > joins);
  });

  it('takes a lower version in a later epoch, and asks anew for everything of the earlier one', async () => {
    follow();
    await until(() => shown(FIELD) === 'five' && shown(STANDINGS) === 'three');
    server.epoch = 2;
    server.losesUpdates = true;
    server.publish(STANDINGS, 1, 'restored standings');
    server.losesUpdates = false;
    server.publish(FIELD, 2, 'restored field');
    await until(() => shown(FIELD) === 'restored field' && shown(STANDINGS) === 'restored standings');
    server.send({ topic: FIELD, epoch: 1, version: 99, at_utc: '', data: 'of the old epoch' });
    server.publish(FIELD, 3, 'three');
    await until(() => shown(FIELD) === 'three');
  });

  it('keeps trying over plain HTTP while the socket is out of reach', async () => {
    await server.stop();
    follow(OFTEN).topic(FIELD);
    await until(() => feed.offlineSince.value !== null);
    const answer = { topic: FIELD, epoch: 1, version: 7, at_utc: '', data: 'over HTTP' };
    const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(Response.json(answer)));
    await until(() => shown(FIELD) === 'over HTTP');
    expect(feed.offlineSince.value).not.toBeNull();
    fetched.mockRestore();
  });
});

describe("the server's clock", () => {
  it('is told from round trips, whatever the device believes', async () => {
    server.aheadMs = 3_600_000;
    follow();
    await until(() => feed.syncQuality.value === 'good');
    expect(Math.abs(feed.serverNowMs() - Date.now() - 3_600_000)).toBeLessThan(50);
  });

  it('is measured anew once somebody set it', async () => {
    follow();
    await until(() => feed.syncQuality.value === 'good');
    server.aheadMs = -3_600_000;
    server.setting += 1;
    await until(() => Math.abs(feed.serverNowMs() - Date.now() + 3_600_000) < 50);
  });

  it('goes on by the last estimate while the server is away', async () => {
    server.aheadMs = -120_000;
    follow();
    await until(() => feed.syncQuality.value !== 'none');
    await server.stop();
    await until(() => feed.offlineSince.value !== null);
    expect(Math.abs(feed.serverNowMs() - Date.now() + 120_000)).toBeLessThan(50);
  });
});
