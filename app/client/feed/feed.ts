/** The live feed: joins topics over Socket.IO, keeps each topic's newest snapshot, and heals by itself. */

import { signal, type Signal } from '@preact/signals';
import { io, type Socket } from 'socket.io-client';
import { ClockOffset, type Quality } from './offset';
import { isNewer } from './order';
import type { Snapshot } from './shapes';

const TIME_EVERY_MS = 5_000;
const FIRST_ROUND_TRIPS = 5;
const FIRST_EVERY_MS = 150;
const REFETCH_EVERY_MS = 5_000;
const MOST_BACKOFF_MS = 3_000;

interface Joined {
  readonly snapshots: Record<string, Snapshot>;
  readonly refused: Record<string, string>;
}

export class Feed {
  /** Since when the server is out of reach; null while connected. */
  readonly offlineSince: Signal<Date | null> = signal(null);
  readonly syncQuality: Signal<Quality> = signal('none');
  readonly refused: Signal<Readonly<Record<string, string>>> = signal({});

  private readonly socket: Socket;
  private readonly topics = new Map<string, Signal<Snapshot | null>>();
  private readonly offset = new ClockOffset();
  private roundTrips = 0;

  constructor(origin = '') {
    this.socket = io(`${origin}/live`, { transports: ['websocket'], reconnectionDelayMax: MOST_BACKOFF_MS });
    this.socket.on('connect', () => this.connected());
    this.socket.on('disconnect', () => this.disconnected());
    this.socket.on('connect_error', () => this.disconnected());
    this.socket.on('update', (snapshot: Snapshot) => this.take(snapshot));
    setInterval(() => this.refetchWhileOffline(), REFETCH_EVERY_MS);
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
    return this.offset.serverMs(performance.now()) ?? Date.now();
  }

  private connected(): void {
    this.offlineSince.value = null;
    this.roundTrips = 0;
    this.offset.clear();
    void this.join([...this.topics.keys()]);
    void this.measure();
  }

  private disconnected(): void {
    this.offlineSince.value ??= new Date();
  }

  private async join(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const joined = (await this.socket.emitWithAck('join', { topics: names })) as Joined;
    for (const snapshot of Object.values(joined.snapshots)) this.take(snapshot);
    this.refused.value = { ...this.refused.value, ...joined.refused };
  }

  private take(snapshot: Snapshot): void {
    const kept = this.topics.get(snapshot.topic);
    if (kept && isNewer(snapshot, kept.value)) kept.value = snapshot;
  }

  private async measure(): Promise<void> {
    const sentMs = performance.now();
    const answer = (await this.socket.emitWithAck('time', { sent_ms: sentMs })) as { server_ms: number };
    this.offset.add(sentMs, performance.now(), answer.server_ms);
    this.syncQuality.value = this.offset.quality;
    this.roundTrips += 1;
    const pauseMs = this.roundTrips < FIRST_ROUND_TRIPS ? FIRST_EVERY_MS : TIME_EVERY_MS;
    setTimeout(() => {
      if (this.socket.connected) void this.measure();
    }, pauseMs);
  }

  /** Where WebSockets are blocked, plain HTTP may still get through. */
  private refetchWhileOffline(): void {
    if (this.offlineSince.value === null) return;
    for (const name of this.topics.keys()) void this.refetch(name);
  }

  private async refetch(name: string): Promise<void> {
    try {
      const answer = await fetch(`/api/v1/live/${name}`, { signal: AbortSignal.timeout(REFETCH_EVERY_MS) });
      if (answer.ok) this.take((await answer.json()) as Snapshot);
    } catch {
      // Out of reach: the next turn tries again, and the picture says how old it is.
    }
  }
}
