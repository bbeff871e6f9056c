import { readCompanyClock } from '../platform/db/company-time.ts';
import type { Database } from '../platform/db/database.ts';
import { playgroundWorkspace } from '../platform/db/playground-workspace.ts';
import type { SlackCredentials } from '../platform/slack/connection.ts';
import { repost } from './repost.ts';
import { seedSample } from './sample-company.ts';
import { createPlayground, type Playground } from './start.ts';

export type OpenPlayground = Pick<Playground, 'useClock' | 'handle' | 'close'> & {
  /** What Cairn needs to take the fake for Slack. */
  credentials: SlackCredentials;
  /** Its company's, which stays unless the environment names another. */
  timezone: string;
};

/** The fake of Slack with its page, and, in an empty database, the sample company. */
export async function openPlayground(options: { port: number; db: Database }): Promise<OpenPlayground> {
  const { slack, ...playground } = await createPlayground({ port: options.port });
  await seedSample(options.db);
  await repost(options.db, playgroundWorkspace.id);
  const { zone: timezone } = await readCompanyClock(options.db, playgroundWorkspace.id);
  return { ...playground, credentials: { mode: 'http', ...slack }, timezone };
}
