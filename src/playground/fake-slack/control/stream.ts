import type { ServerResponse } from 'node:http';
import type { Changes } from '../state/changes.ts';

const gatherMs = 30;
const keepAliveMs = 25_000;

/** Server-sent events that say "changed": what, the page then asks for. Many changes at once are one event. */
export class Stream {
  private readonly open = new Set<ServerResponse>();
  private readonly stopListening: () => void;
  private readonly keepAlive: NodeJS.Timeout;
  private gathering: NodeJS.Timeout | undefined;

  constructor(changes: Changes) {
    this.stopListening = changes.listen(() => this.gather());
    this.keepAlive = setInterval(() => this.write(': still here\n\n'), keepAliveMs).unref();
  }

  add(res: ServerResponse): void {
    res.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    res.write('retry: 1000\nevent: changed\ndata: {}\n\n');
    this.open.add(res);
    res.on('close', () => this.open.delete(res));
  }

  close(): void {
    this.stopListening();
    clearInterval(this.keepAlive);
    clearTimeout(this.gathering);
    for (const res of this.open) res.end();
  }

  private gather(): void {
    if (this.open.size === 0 || this.gathering !== undefined) return;
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      this.write('event: changed\ndata: {}\n\n');
    }, gatherMs);
  }

  private write(text: string): void {
    for (const res of this.open) res.write(text);
  }
}
