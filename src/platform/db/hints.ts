import pg from 'pg';
import type { Log } from '../log.ts';

export type Hints = { stop(): Promise<void> };

const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/**
 * Calls `onHint` whenever another connection notifies `channel`, on a connection of its own, and once whenever that
 * was made: what was told in between was not heard. A hint and nothing more: whatever depends on it looks by itself
 * as well, so a connection that breaks is only made anew, later and later while it fails.
 */
export function listenForHints(url: string, channel: string, onHint: () => void, log: Log): Hints {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let connecting: Promise<void> = Promise.resolve();
  let pauseMs = firstPauseMs;
  let isStopped = false;

  function again(lost: pg.Client, error?: Error): void {
    if (isStopped || client !== lost) return;
    client = null;
    void lost.end().catch(() => undefined);
    log.debug({ err: error, pauseMs }, 'hints are not heard for a while');
    timer = setTimeout(() => {
      connecting = connect();
    }, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  async function connect(): Promise<void> {
    const made = new pg.Client({
      connectionString: url,
      application_name: 'cairn hints',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    client = made;
    made.on('notification', onHint);
    made.on('error', (error) => again(made, error));
    made.on('end', () => again(made));
    try {
      await made.connect();
      await made.query(`listen ${made.escapeIdentifier(channel)}`);
      pauseMs = firstPauseMs;
      onHint();
    } catch (error) {
      again(made, error instanceof Error ? error : undefined);
    }
  }

  connecting = connect();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await connecting;
      await client?.end().catch(() => undefined);
    },
  };
}
