/** Registers the service worker that lets the tablet start with the network off, and tells how that went. */

import { signal, type ReadonlySignal } from '@preact/signals';

const SCRIPT = '/judge/sw.js';
const SCOPE = '/judge/';
const CHECK_EVERY_MS = 30 * 60 * 1000;

/** Whether the page itself is kept: `kept` once the worker answers for it, `failed` with the browser's reason. */
export type PageKept =
  | { readonly kind: 'asking' }
  | { readonly kind: 'kept' }
  | { readonly kind: 'failed'; readonly reason: string };

const waiting = signal<ServiceWorker | null>(null);
const ready = signal(false);
const kept = signal<PageKept>({ kind: 'asking' });

/** Whether a new version is stored and waits for the judge's word: it never reloads a sheet by itself. */
export const updateReady: ReadonlySignal<boolean> = ready;
export const pageKept: ReadonlySignal<PageKept> = kept;

export function registerWorker(container: ServiceWorkerContainer = navigator.serviceWorker): void {
  let isRestarting = false;
  const look = (): void => {
    if (container.controller) kept.value = { kind: 'kept' };
  };
  container.addEventListener('controllerchange', () => {
    look();
    if (isRestarting || !ready.peek()) return;
    isRestarting = true;
    location.reload();
  });
  look();
  container.register(SCRIPT, { scope: SCOPE }).then(
    (registration) => watch(registration, container),
    (failure: unknown) => {
      // A worker of an earlier start still answers, where there is one.
      if (!container.controller) kept.value = { kind: 'failed', reason: reasonOf(failure) };
    },
  );
}

export function restartIntoNewVersion(): void {
  waiting.peek()?.postMessage('take over');
}

function watch(registration: ServiceWorkerRegistration, container: ServiceWorkerContainer): void {
  const offer = (worker: ServiceWorker | null): void => {
    if (!worker || !container.controller) return;
    waiting.value = worker;
    ready.value = true;
  };
  offer(registration.waiting);
  const follow = (installing: ServiceWorker | null): void => {
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') offer(installing);
      // The files could not all be fetched; it is tried again at the next start.
      if (installing.state === 'redundant' && !registration.active && !container.controller) {
        kept.value = { kind: 'failed', reason: '' };
      }
    });
  };
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  setInterval(() => void registration.update().catch(() => undefined), CHECK_EVERY_MS);
}

function reasonOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
