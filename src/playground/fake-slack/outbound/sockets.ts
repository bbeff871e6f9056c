import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import { isObject, parseJson, pathOf } from '../http.ts';
import { limits } from '../limits.ts';

export type Envelope = {
  type: 'slash_commands' | 'interactive' | 'events_api';
  payload: Record<string, unknown>;
  accepts_response_payload: boolean;
  retry_attempt?: number;
  retry_reason?: string;
};

/** What came back for an envelope; `unreachable`: no connection, or it closed before. */
export type Acknowledgement =
  | { status: 'acknowledged'; payload: unknown }
  | { status: 'timeout' | 'unreachable' };

/** How connections end: asked to come back, warned of it, or cut without a word. */
export const dropReasons = ['refresh_requested', 'warning', 'cut'] as const;
export type DropReason = (typeof dropReasons)[number];

type Awaited = { socket: WebSocket; done: (acknowledgement: Acknowledgement) => void };

/** Slack's end of Socket Mode: the connections that Cairn has open, and what is sent to any one of them. */
export class Sockets {
  private readonly appId: string;
  private readonly random: () => number;
  private readonly tickets = new Set<string>();
  private readonly open = new Set<WebSocket>();
  private readonly quiet = new Set<WebSocket>();
  private readonly awaited = new Map<string, Awaited>();
  private server: Promise<WebSocketServer> | undefined;
  private pinging: NodeJS.Timeout | undefined;

  constructor(appId: string, random: () => number) {
    this.appId = appId;
    this.random = random;
  }

  /** The address for one connection; it is used once. `base` is where the fake listens, such as http://127.0.0.1:3000. */
  newAddress(base: string): string {
    const ticket = randomBytes(16).toString('hex');
    this.tickets.add(ticket);
    return `${base.replace(/^http/, 'ws')}/link?ticket=${ticket}&app_id=${this.appId}`;
  }

  /** Takes a WebSocket upgrade; false when it was for somebody else. A ticket that is not known is turned away. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const { pathname, searchParams } = pathOf(req);
    if (pathname !== '/link') return false;
    socket.on('error', () => socket.destroy());
    if (this.tickets.delete(searchParams.get('ticket') ?? '')) void this.accept(req, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    return true;
  }

  /** Sends to any one connection and waits for what acknowledges it until the deadline aborts. Never throws. */
  async send(envelope: Envelope, deadline: AbortSignal): Promise<Acknowledgement> {
    const sockets = [...this.open];
    const socket = sockets[Math.floor(this.random() * sockets.length)];
    if (socket === undefined) return { status: 'unreachable' };
    const envelope_id = randomUUID();
    return new Promise((resolve) => {
      const late = () => done({ status: 'timeout' });
      const done = (acknowledgement: Acknowledgement) => {
        this.awaited.delete(envelope_id);
        deadline.removeEventListener('abort', late);
        resolve(acknowledgement);
      };
      this.awaited.set(envelope_id, { socket, done });
      deadline.addEventListener('abort', late);
      if (deadline.aborted) return late();
      socket.send(JSON.stringify({ envelope_id, ...envelope }));
    });
  }

  /** Ends every connection, and says how many there were. Nothing more is sent to them. */
  drop(reason: DropReason): number {
    const dropped = [...this.open];
    this.open.clear();
    for (const socket of dropped) {
      if (reason === 'cut') socket.terminate();
      else disconnect(socket, reason);
    }
    return dropped.length;
  }

  async close(): Promise<void> {
    clearInterval(this.pinging);
    const server = await this.server;
    for (const socket of server?.clients ?? []) socket.terminate();
    server?.close();
  }

  private async accept(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Loaded here, since only Socket Mode needs it.
    this.server ??= import('ws').then(({ WebSocketServer }) => new WebSocketServer({ noServer: true }));
    const server = await this.server;
    server.handleUpgrade(req, socket, head, (connection) => this.connect(connection));
  }

  private connect(socket: WebSocket): void {
    socket.on('error', () => socket.terminate());
    if (this.open.size >= limits.socket.connections) {
      disconnect(socket, 'too_many_websockets');
      socket.close();
      return;
    }
    this.open.add(socket);
    socket.on('message', (data) => this.acknowledge(String(data)));
    socket.on('pong', () => this.quiet.delete(socket));
    socket.on('close', () => this.forget(socket));
    this.pinging ??= setInterval(() => this.ping(), limits.socket.pingMs).unref();
    const approximate_connection_time = limits.socket.lifeSeconds;
    say(socket, {
      type: 'hello',
      num_connections: this.open.size,
      connection_info: { app_id: this.appId },
      debug_info: { host: 'fake-slack', build_number: 1, approximate_connection_time },
    });
  }

  private acknowledge(text: string): void {
    const { envelope_id, payload } = parsed(text);
    this.awaited.get(String(envelope_id))?.done({ status: 'acknowledged', payload });
  }

  private forget(socket: WebSocket): void {
    this.open.delete(socket);
    this.quiet.delete(socket);
    for (const { socket: its, done } of this.awaited.values())
      if (its === socket) done({ status: 'unreachable' });
  }

  /** A connection that left a ping unanswered is dead. */
  private ping(): void {
    for (const socket of this.open) {
      if (this.quiet.has(socket)) socket.terminate();
      this.quiet.add(socket);
      socket.ping('ping from the fake');
    }
  }
}

function disconnect(socket: WebSocket, reason: string): void {
  say(socket, { type: 'disconnect', reason, debug_info: { host: 'fake-slack' } });
}

function say(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
