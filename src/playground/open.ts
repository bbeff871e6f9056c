import { readCompanyClock } from '../platform/db/company-time.ts';
import type { Database } from '../platform/db/database.ts';
import { playgroundWorkspace } from '../platform/db/playground-workspace.ts';
import type { Log } from '../platform/log.ts';
import type { SlackCredentials } from '../platform/slack/connection.ts';
import { StartRefusal } from '../platform/start-refusal.ts';
import { UnreadableKept } from './fake-slack/kept.ts';
import { openKeeper } from './keep/open.ts';
import { repost } from './repost.ts';
import { seedSample } from './sample-company.ts';
import { createPlayground, type Playground } from './start.ts';

export type OpenPlayground = Pick<Playground, 'useClock' | 'handle' | 'close'> & {
  /** What Cairn needs to take the fake for Slack. */
  credentials: SlackCredentials;
  /** Its company's, which stays unless the environment names another. */
  timezone: string;
  /** Resolves when all that was said is kept. Never rejects. */
  kept(): Promise<void>;
};

/**
 * The fake of Slack with its page, as the last run left it, and, in an empty database, the sample company. Throws
 * StartRefusal for a state that this version cannot read.
 */
export async function openPlayground(options: {
  port: number;
  db: Database;
  log: Log;
}): Promise<OpenPlayground> {
  const { port, db, log } = options;
  const memory = await openKeeper(db, (err) =>
    log.error({ err }, "the playground's state could not be kept and is tried again"),
  );
  const { slack, world, ...playground } = await createPlayground({ port, memory }).catch((error: unknown) => {
    throw error instanceof UnreadableKept ? unreadable(error) : error;
  });
  await seedSample(db);
  await repost(db, playgroundWorkspace.id, world());
  const { zone: timezone } = await readCompanyClock(db, playgroundWorkspace.id);
  return {
    ...playground,
    credentials: { mode: 'http', ...slack },
    timezone,
    kept: () => memory.keeper.kept(),
  };
}

function unreadable({ message }: UnreadableKept): StartRefusal {
  return new StartRefusal(
    `The playground cannot read what another version of it kept (${message}). Begin anew with npm start -- --fresh, or, where DATABASE_URL is set, without the schema playground in it.`,
  );
}
