/** Registers the service worker that lets the tablet start with the network off, and tells when a new one waits. */

import { signal, type ReadonlySignal } from '@preact/signals';

const SCRIPT = '/judge/sw.js';
const SCOPE = '/judge/';
const CHECK_EVERY_MS = 30 * 60 * 1000;

const waiting = signal<ServiceWorker | null>(null);
const ready = signal(false);

/** Whether a new version is stored and waits for the judge's word: it never reloads a sheet by itself. */
export const updateReady: ReadonlySignal<boolean> = ready;

export function registerWorker(): void {
  if (!('serviceWorker' in navigator)) return; // not a secure context: works, but only with the network on
  let isRestarting = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (isRestarting || !ready.peek()) return;
    isRestarting = true;
    location.reload();
  });
  navigator.serviceWorker.register(SCRIPT, { scope: SCOPE }).then(watch, () => undefined);
}

export function restartIntoNewVersion(): void {
  waiting.peek()?.postMessage('take over');
}

function watch(registration: ServiceWorkerRegistration): void {
  const offer = (worker: ServiceWorker | null): void => {
    if (!worker || !navigator.serviceWorker.controller) return;
    waiting.value = worker;
    ready.value = true;
  };
  offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const installing = registration.installing;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed') offer(installing);
    });
  });
  setInterval(() => void registration.update().catch(() => undefined), CHECK_EVERY_MS);
}
