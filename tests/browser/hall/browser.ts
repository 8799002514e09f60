/** What a browser gives the tablet's code, for one in a thread of Node: a cookie, storage, and a network that can be cut. */

import 'fake-indexeddb/auto';
import http from 'node:http';
import type { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';

/** Where the server is, as the thread was told. */
const { server } = workerData as { server: string };
const NOBODY_LISTENS = 'http://127.0.0.1:9/';

const cookies = new Map<string, string>();
const connections = new Set<Socket>();
const asked = new Set<AbortController>();
const page = new EventTarget();

/** One tab at a time holds a lock; a tablet of ours has one tab. */
class Locks {
  private last: Promise<unknown> = Promise.resolve();

  request<T>(_name: string, work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work, work);
    this.last = next.catch(() => undefined);
    return next;
  }
}

/** A channel between the tabs of one browser: there is no other tab. */
class Channel {
  onmessage: (() => void) | null = null;
  postMessage(): void {
    return;
  }
  close(): void {
    return;
  }
}

const browser = { onLine: true, locks: new Locks(), storage: {} };
const plainFetch = globalThis.fetch;
const plainRequest = http.request;

Object.assign(globalThis, {
  navigator: browser,
  location: new URL('/judge/', server),
  BroadcastChannel: Channel,
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
  fetch: async (path: string, init: RequestInit = {}): Promise<Response> => {
    if (!browser.onLine) throw new TypeError('no network');
    const cut = new AbortController();
    asked.add(cut);
    try {
      const patience = init.signal ? [init.signal] : [];
      const answer = await plainFetch(new URL(path, server), {
        ...init,
        headers: { ...(init.headers as Record<string, string>), Cookie: cookieHeader() },
        signal: AbortSignal.any([cut.signal, ...patience]),
      });
      for (const line of answer.headers.getSetCookie()) keepCookie(line);
      return answer;
    } finally {
      asked.delete(cut);
    }
  },
});

/** Socket.IO opens its WebSocket by `http.request`: it gets the cookie, and is ended when the network is cut. */
http.request = ((options: http.RequestOptions, answered?: (answer: http.IncomingMessage) => void) => {
  if (!browser.onLine) return plainRequest(NOBODY_LISTENS);
  const request = plainRequest({ ...options, headers: { ...(options.headers as object), Cookie: cookieHeader() } }, answered);
  request.on('socket', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  return request;
}) as typeof http.request;

/** Pull the tablet's network out, with all that was under way, or give it back. */
export function setNetwork(isOn: boolean): void {
  browser.onLine = isOn;
  if (!isOn) {
    for (const one of asked) one.abort();
    for (const one of connections) one.destroy();
  }
  page.dispatchEvent(new Event(isOn ? 'online' : 'offline'));
}

function cookieHeader(): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

function keepCookie(line: string): void {
  const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2);
  cookies.set(name, value);
}
