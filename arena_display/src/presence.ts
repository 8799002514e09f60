/** Tells the server which screen this browser shows, how well it is connected and what it draws; learns which screen is its own. */

import { signal, type Signal } from '@preact/signals';
import { io } from 'socket.io-client';

const BEAT_EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;
const TRY_AGAIN_AFTER_MS = 3_000;
const KEPT_AS = 'baige.screen-device';

interface Welcome {
  readonly screen: string | null;
  readonly code: string | null;
}

export interface Presence {
  /** The screen that is this browser's own; null until the organiser gave it one. */
  readonly screen: Signal<string | null>;
  /** The code to show meanwhile, by which the organiser finds this browser. */
  readonly code: Signal<string | null>;
  /** Call back when the organiser tries this screen's sounds. */
  readonly onSound: (callback: () => void) => void;
}

/** Says hello at every connection and beats from then on; `screen` is the one in the address, or null. */
export function reportPresence(screen: string | null, shows: () => string): Presence {
  const socket = io('/screens', { transports: ['websocket'] });
  const presence = {
    screen: signal<string | null>(screen),
    code: signal<string | null>(null),
    onSound: (callback: () => void) => void socket.on('sound', callback),
  };
  let latencyMs: number | null = null;

  const hello = async () => {
    const facts = { device: keptDevice(), screen, size: [innerWidth, innerHeight], build: buildName() };
    const welcome = (await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('hello', facts)) as Welcome;
    presence.screen.value = welcome.screen;
    presence.code.value = welcome.code;
  };
  const beat = async () => {
    const sentMs = performance.now();
    const answer = (await socket.timeout(ANSWER_WITHIN_MS).emitWithAck('beat', { latency_ms: latencyMs, shows: shows() })) as { known: boolean };
    latencyMs = performance.now() - sentMs;
    if (!answer.known) await hello();
  };
  // What finds no answer is said again: at the next connection, or at the next beat.
  const tried = (what: () => Promise<void>) => () => void (socket.connected && what().catch(() => undefined));

  socket.on('connect', () => void hello().then(beat).catch(() => undefined));
  // A connection that the server itself ended is not made again by Socket.IO.
  const tryAgain = () => {
    if (!socket.active) setTimeout(() => socket.connect(), TRY_AGAIN_AFTER_MS);
  };
  socket.on('disconnect', tryAgain);
  socket.on('connect_error', tryAgain);
  socket.on('claimed', (claimed: { screen: string }) => (presence.screen.value = claimed.screen));
  setInterval(tried(beat), BEAT_EVERY_MS);
  addEventListener('resize', tried(hello));
  return presence;
}

/** Which build of this page runs here, so that the desk sees a screen that was not reloaded after an upgrade. */
function buildName(): string {
  return new URL(import.meta.url).pathname.split('/').at(-1) ?? '';
}

/** An id of this browser's own, made once and kept, by which it is known again after a restart. */
function keptDevice(): string {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  localStorage.setItem(KEPT_AS, made);
  return made;
}
