/**
 * A hall of tablets in threads: `node hall.mjs SERVER COUNT`.
 *
 * Each line on standard input is `[tablet, order]`; each is answered by a line `[tablet, answer]` when it is done.
 */

import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';

const [server, count] = process.argv.slice(2);
const threads = Array.from({ length: Number(count) }, (_, at) => {
  const thread = new Worker(new URL('./tablet.mjs', import.meta.url), { workerData: { server } });
  thread.on('message', (answer: unknown) => console.log(JSON.stringify([at, answer])));
  thread.on('error', (failure) => console.log(JSON.stringify([at, { ok: false, why: String(failure) }])));
  return thread;
});

for await (const line of createInterface({ input: process.stdin })) {
  const [to, order] = JSON.parse(line) as [number, unknown];
  threads[to]?.postMessage(order);
}
process.exit();
