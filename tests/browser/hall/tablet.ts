/**
 * A tablet in a thread of Node: all of the tablet's own code but its pages, driven by messages.
 *
 * Every queue it is told is written down by its version, so that what forty of them saw can be compared.
 */

import { setNetwork } from './browser';
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { effect } from '@preact/signals';

import type { QueueData } from '../../../app/client/feed/shapes';
import { newDraft, withValue } from '../../../app/client/judge/sheet/draft';
import { openRun, score } from '../../../app/client/judge/sheet/commands';
import { Tablet } from '../../../app/client/judge/tablet';
import { queueTopics } from '../../../app/client/judge/queue/joined';

export type Order =
  | { readonly do: 'sign_in'; readonly account: string; readonly pin: string }
  | { readonly do: 'network'; readonly on: boolean }
  /** Confirm runs, each with its time, as this tablet knows them. */
  | { readonly do: 'score'; readonly runs: Readonly<Record<string, number>> }
  /** Wait until nothing is unsent. */
  | { readonly do: 'sent' }
  | { readonly do: 'tell' };

const LOOK_EVERY_MS = 20;

const tablet = await Tablet.open();
/** What was shown, by the queue's version: the digest of all there was in it. */
const seen: Record<number, string> = {};
let wrong: string | null = null;

parentPort?.on('message', (order: Order) => {
  void follow(order).then(
    (answer) => parentPort?.postMessage({ ok: true, ...answer }),
    (failure: unknown) => parentPort?.postMessage({ ok: false, why: String(failure) }),
  );
});

async function follow(order: Order): Promise<Record<string, unknown>> {
  switch (order.do) {
    case 'sign_in': {
      const problem = await tablet.session.signIn(order.account, order.pin);
      if (problem !== null) throw new Error(JSON.stringify(problem));
      watch();
      await until(() => tablet.queue.value !== null && Object.keys(tablet.rulesets.value).length > 0);
      return {};
    }
    case 'network':
      setNetwork(order.on);
      return {};
    case 'score':
      for (const [run, seconds] of Object.entries(order.runs)) await confirm(run, seconds);
      return { unsent: tablet.outbox.unsent.value.length };
    case 'sent':
      await until(() => tablet.outbox.unsent.value.length === 0);
      return {};
    case 'tell': {
      const queue = tablet.queue.value;
      return {
        outbox: tablet.outbox.items.value,
        seen,
        wrong,
        version: queue?.version,
        runs: queue?.data.runs.map((run) => run.id),
      };
    }
  }
}

async function confirm(id: string, seconds: number): Promise<void> {
  const run = tablet.run(id);
  const ruleset = run && tablet.rulesetOf(run);
  const maker = tablet.session.maker();
  if (!run || !ruleset || !maker) throw new Error(`run ${id} is not on this tablet`);
  await tablet.outbox.add(openRun(run), maker);
  await tablet.outbox.add(score(run, withValue(newDraft('', run, ruleset), ['time'], seconds)), maker);
}

/** Write down every queue of this tablet's field that it would show, and what must never be in one. */
function watch(): void {
  const [slug, field, me] = [tablet.competition.peek(), tablet.field.peek(), tablet.session.me.peek()];
  if (slug === null || field === null || me === null) throw new Error('this tablet has no field');
  const shared = tablet.live.topic<QueueData>(queueTopics(slug, field, me.account).shared);
  let last = 0;
  effect(() => {
    const snapshot = shared.value;
    if (!snapshot) return;
    const { version, data } = snapshot;
    const digest = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 16);
    if (version < last) wrong = `version ${version} after ${last}`;
    if (seen[version] !== undefined && seen[version] !== digest) wrong = `version ${version} in two ways`;
    if (data.runs.some((run) => run.field !== field)) wrong = `a run of another field at ${version}`;
    seen[version] = digest;
    last = version;
  });
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
