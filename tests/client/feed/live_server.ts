/** A real Socket.IO server for tests: topics with versions, on a loopback port that it comes back to after a restart. */

import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Snapshot } from '../../../app/client/feed/shapes';

export class LiveServer {
  epoch = 1;
  /** How far this server's clock is ahead of the device's. */
  aheadMs = 0;
  /** Grows when its clock was set. */
  setting = 1;
  /** Updates sent from now on are lost on their way. */
  losesUpdates = false;
  readonly snapshots = new Map<string, Snapshot>();
  readonly joined: string[][] = [];
  /** How many connections were ever opened. */
  connections = 0;
  private port = 0;
  private http: HttpServer | null = null;
  private sockets: Server | null = null;

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const http = createServer((request, response) => {
      const snapshot = this.snapshots.get(decodeURIComponent(request.url ?? '').replace('/api/v1/live/', ''));
      response.writeHead(snapshot ? 200 : 404, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(snapshot ?? { code: 'topic_unknown' }));
    });
    this.sockets = new Server(http, { serveClient: false });
    this.serve(this.sockets);
    await new Promise<void>((resolve) => http.listen(this.port, '127.0.0.1', resolve));
    this.port = (http.address() as AddressInfo).port;
    this.http = http;
  }

  async stop(): Promise<void> {
    this.http?.closeAllConnections();
    await this.sockets?.close();
    this.sockets = null;
  }

  /** End every connection from this side, as a server does that shuts down politely. */
  hangUp(): void {
    this.sockets?.of('/live').disconnectSockets(true);
  }

  publish(topic: string, version: number, data: unknown): void {
    const snapshot = { topic, epoch: this.epoch, version, at_utc: '2026-11-23T10:00:00.000Z', data };
    this.snapshots.set(topic, snapshot);
    this.send(snapshot);
  }

  /** Send a snapshot as it is, however old. */
  send(snapshot: Snapshot): void {
    if (!this.losesUpdates) this.sockets?.of('/live').to(snapshot.topic).emit('update', snapshot);
  }

  private serve(sockets: Server): void {
    sockets.of('/live').on('connection', (socket) => {
      this.connections += 1;
      socket.on('join', async ({ topics }: { topics: string[] }, answer: (joined: unknown) => void) => {
        this.joined.push(topics);
        const known = topics.filter((topic) => this.snapshots.has(topic));
        await socket.join(known);
        const unknown = topics.filter((topic) => !known.includes(topic));
        answer({
          snapshots: Object.fromEntries(known.map((topic) => [topic, this.snapshots.get(topic)])),
          refused: Object.fromEntries(unknown.map((topic) => [topic, 'topic_unknown'])),
        });
      });
      socket.on('leave', ({ topics }: { topics: string[] }) => {
        for (const topic of topics) void socket.leave(topic);
      });
      socket.on('time', ({ sent_ms }: { sent_ms: number }, answer: (time: unknown) => void) => {
        answer({ sent_ms, server_ms: Date.now() + this.aheadMs, setting: this.setting });
      });
    });
  }
}
