import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database } from '../platform/db/database.ts';
import { playgroundWorkspace } from '../platform/db/playground-workspace.ts';
import type { SlackCredentials } from '../platform/slack/connection.ts';
import type { PlaygroundClock } from './clock.ts';
import { repost } from './repost.ts';
import { seedSample } from './sample-company.ts';
import { createPlayground } from './start.ts';

export type OpenPlayground = {
  /** What Cairn needs to take the fake for Slack. */
  credentials: SlackCredentials;
  /** Company time lives in Cairn, which starts after the fake that it connects to. */
  useClock(clock: PlaygroundClock): void;
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  close(): Promise<void>;
};

/** The fake of Slack with its page, and, in an empty database, the sample company. */
export async function openPlayground(options: { port: number; db: Database }): Promise<OpenPlayground> {
  let clock: PlaygroundClock | null = null;
  const playground = await createPlayground({
    port: options.port,
    clock: {
      now: async () => (clock === null ? new Date() : await clock.now()),
      next: async () => (clock === null ? null : await clock.next()),
      turnTo: async (instant) =>
        clock === null ? { ok: false, words: 'Cairn is still starting.' } : await clock.turnTo(instant),
    },
  });
  await seedSample(options.db);
  await repost(options.db, playgroundWorkspace.id);
  return {
    credentials: { mode: 'http', ...playground.slack },
    useClock(given) {
      clock = given;
    },
    handle: playground.handle,
    close: playground.close,
  };
}
