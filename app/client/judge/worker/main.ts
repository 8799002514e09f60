/** The tablet's service worker: keeps the page and everything it needs, so that it starts with the network off. */

import type { Precache } from './precache';

/** Put in by the build: the files of this version, and a digest of them that names the cache. */
declare const __PRECACHE__: Precache;

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface WorkerScope extends EventTarget {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}

const scope = globalThis as unknown as WorkerScope;
const PREFIX = 'baige-judge-';
const PRECACHE = __PRECACHE__;
const CACHE = PREFIX + PRECACHE.version;
const PAGE = '/judge/';
const FILES: ReadonlySet<string> = new Set(PRECACHE.files);

scope.addEventListener('install', (event) => {
  (event as ExtendableEvent).waitUntil(install());
});

scope.addEventListener('activate', (event) => {
  (event as ExtendableEvent).waitUntil(activate());
});

scope.addEventListener('message', (event) => {
  if ((event as MessageEvent).data === 'take over') void scope.skipWaiting();
});

scope.addEventListener('fetch', (event) => {
  const { request } = event as FetchEvent;
  const path = new URL(request.url).pathname;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate' && path === PAGE) (event as FetchEvent).respondWith(kept(PAGE, request));
  else if (FILES.has(path)) (event as FetchEvent).respondWith(kept(path, request));
});

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([PAGE, ...FILES].map((path) => new Request(path, { cache: 'reload' })));
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
  await scope.clients.claim();
}

async function kept(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
