/** The live feed: joins topics over Socket.IO, keeps each topic's newest snapshot, and heals by itself. */

import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import type { Quality } from './offset';
import { isNewer } from './order';
import { ServerClock, type ServerTime } from './server_clock';
import type { Snapshot } from './shapes';

const ANSWER_WITHIN_MS = 5_000;
const FIRST_BACKOFF_MS = 500;
const MOST_BACKOFF_MS = 3_000;

/** What a feed waits for; tests wait less. */
export interface Pauses {
  /** Between two fetches of everything while the socket is out of reach, in case plain HTTP gets through. */
  readonly whileOfflineMs: number;
  /** Between two checks, while connected, that no update was lost on its way. */
  readonly betweenChecksMs: number;
}

const USUAL: Pauses = { whileOfflineMs: 5_000, betweenChecksMs: 30_000 };

interface Joined {
  readonly snapshots: Readonly<Record<string, Snapshot>>;
  readonly refused: Readonly<Record<string, string>>;
}

export class Feed {
  /** Since when the server is out of reach, by its clock as known here; null while connected, and before the first try. */
  readonly offlineSince: Signal<Date | null> = signal(null);
  /** Topics the server would not give, each with its code (`topic_unknown`, `not_allowed`, …). */
  readonly refused: Signal<Readonly<Record<string, string>>> = signal({});
  readonly syncQuality: ReadonlySignal<Quality>;

  private readonly socket: Socket;
  private readonly topics = new Map<string, Signal<Snapshot | null>>();
  private readonly clock: ServerClock;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly origin = '',
    private readonly pauses: Pauses = USUAL,
  ) {
    this.socket = io(`${origin}/live`, {
      transports: ['websocket'],
      reconnectionDelay: FIRST_BACKOFF_MS,
      reconnectionDelayMax: MOST_BACKOFF_MS,
    });
    this.clock = new ServerClock((sentMs) => this.askTime(sentMs));
    this.syncQuality = this.clock.quality;
    this.socket.on('connect', () => this.connected());
    this.socket.on('disconnect', () => this.disconnected());
    this.socket.on('connect_error', () => this.disconnected());
    this.socket.on('update', (snapshot: Snapshot) => this.take(snapshot));
    this.checkLater();
  }

  /** The newest snapshot of a topic; null until the first one came. Asking for it joins the topic. */
  topic<T>(name: string): Signal<Snapshot<T> | null> {
    let kept = this.topics.get(name);
    if (!kept) {
      kept = signal<Snapshot | null>(null);
      this.topics.set(name, kept);
      if (this.socket.connected) void this.join([name]);
    }
    return kept as Signal<Snapshot<T> | null>;
  }

  /** Stop following a topic. */
  leave(name: string): void {
    if (this.topics.delete(name)) this.socket.emit('leave', { topics: [name] });
  }

  /** Call back whenever the connection is made anew. */
  onConnected(callback: () => void): void {
    this.socket.on('connect', callback);
  }

  /** The server's clock in milliseconds since 1970, by the best estimate; this device's own before there is one. */
  serverNowMs(): number {
    return this.clock.nowMs();
  }

  /** By how much `serverNowMs` may be off, in milliseconds; null where the server's clock was never heard. */
  uncertaintyMs(): number | null {
    return this.clock.uncertaintyMs();
  }

  /** Connect anew: the server knows a connection by the cookie it was opened with, and somebody else signed in since. */
  reconnect(): void {
    this.socket.disconnect().connect();
  }

  /** Stop following everything, for good. */
  close(): void {
    clearTimeout(this.timer);
    this.clock.stop();
    this.socket.close();
  }

  private connected(): void {
    this.offlineSince.value = null;
    this.clock.start();
    void this.join([...this.topics.keys()]);
    this.checkLater();
  }

  /** A server that ended the connection, or refused it, is tried again by us; lost networks are tried by Socket.IO. */
  private disconnected(): void {
    this.offlineSince.value ??= new Date(this.clock.nowMs());
    this.clock.stop();
    if (!this.socket.active) setTimeout(() => this.socket.connect(), FIRST_BACKOFF_MS + Math.random() * MOST_BACKOFF_MS);
    this.checkLater();
  }

  private async join(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    try {
      const answer = this.socket.timeout(ANSWER_WITHIN_MS).emitWithAck('join', { topics: names });
      const { snapshots, refused } = (await answer) as Joined;
      for (const snapshot of Object.values(snapshots)) this.take(snapshot);
      const others = Object.entries(this.refused.value).filter(([name]) => !names.includes(name));
      this.refused.value = { ...Object.fromEntries(others), ...refused };
    } catch {
      // The connection broke under the question: the next connection, or the next check, asks again.
    }
  }

  /** A new epoch means that the server was restored from a backup: what the other topics kept may be of the old one. */
  private take(snapshot: Snapshot): void {
    const kept = this.topics.get(snapshot.topic);
    const before = kept?.peek() ?? null;
    if (!kept || !isNewer(snapshot, before)) return;
    kept.value = snapshot;
    if (before && snapshot.epoch > before.epoch) void this.join(this.fromBefore(snapshot.epoch));
  }

  private fromBefore(epoch: number): string[] {
    return [...this.topics].flatMap(([name, kept]) => ((kept.peek()?.epoch ?? epoch) < epoch ? [name] : []));
  }

  private async askTime(sentMs: number): Promise<ServerTime> {
    const answer = this.socket.timeout(ANSWER_WITHIN_MS).emitWithAck('time', { sent_ms: sentMs });
    const told = (await answer) as { server_ms: number; setting: number };
    return { serverMs: told.server_ms, setting: told.setting };
  }

  private checkLater(): void {
    clearTimeout(this.timer);
    const { whileOfflineMs, betweenChecksMs } = this.pauses;
    // Spread over the time, so that a hall of phones does not ask in one moment.
    const pauseMs = this.socket.connected ? betweenChecksMs * (0.5 + Math.random()) : whileOfflineMs;
    this.timer = setTimeout(() => void this.check().finally(() => this.checkLater()), pauseMs);
  }

  /** Versions of a topic are not consecutive, so a lost update shows only by asking; unchanged costs the server a 304. */
  private async check(): Promise<void> {
    const refused = Object.keys(this.refused.peek()).filter((name) => this.topics.has(name));
    if (this.socket.connected) await this.join(refused);
    const known = [...this.topics.keys()].filter((name) => !refused.includes(name));
    await Promise.all(known.map((name) => this.refetch(name)));
  }

  private async refetch(name: string): Promise<void> {
    try {
      const path = name.split('/').map(encodeURIComponent).join('/');
      const answer = await fetch(`${this.origin}/api/v1/live/${path}`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      if (answer.ok) this.take((await answer.json()) as Snapshot);
    } catch {
      // Out of reach: the next check tries again, and the picture says how old it is.
    }
  }
}
