import { readCompanyClock } from '../platform/db/company-time.ts';
import type { Database } from '../platform/db/database.ts';
import { playgroundWorkspace } from '../platform/db/playground-workspace.ts';
import type { Log } from '../platform/log.ts';
import type { SlackCredentials } from '../platform/slack/connection.ts';
import { StartRefusal } from '../platform/start-refusal.ts';
import { type PlaygroundClock, standingStill } from './clock.ts';
import { UnreadableKept } from './fake-slack/kept.ts';
import type { Company } from './fake-slack/state/workspace.ts';
import { openKeeper } from './keep/open.ts';
import { repost } from './repost.ts';
import { hasCompany, seedCompany } from './sample-company.ts';
import { createPlayground, type Playground } from './start.ts';

export type OpenPlayground = Pick<Playground, 'useClock' | 'useBeginning' | 'handle' | 'close'> & {
  /** Before Cairn stops: until it has another clock, the one that is shown stands still. */
  stopClock(clock: PlaygroundClock): Promise<void>;
  /** Begins anew with this company: its Slack, and what Cairn knows of it in a database that was emptied. */
  beginAnew(company: Company): Promise<void>;
  /** What Cairn needs to take the fake for Slack. */
  credentials: SlackCredentials;
  /** Its company's, which stays unless the environment names another. */
  timezone: string;
  /** Resolves when all that was said is kept. Never rejects. */
  kept(): Promise<void>;
};

/**
 * The fake of Slack with its page, as the last run left it, and, in an empty database, the company that is wanted.
 * Throws StartRefusal for a state that this version cannot read, and where there is another company than is wanted.
 */
export async function openPlayground(options: {
  port: number;
  db: Database;
  log: Log;
  /** absent: the one that is there, and in an empty database the sample's */
  company?: Company | undefined;
}): Promise<OpenPlayground> {
  const { port, db, log, company } = options;
  const memory = await openKeeper(db, (err) =>
    log.error({ err }, "the playground's state could not be kept and is tried again"),
  );
  const { slack, world, reset, ...playground } = await createPlayground({ port, memory }).catch(
    (error: unknown) => {
      throw error instanceof UnreadableKept ? unreadable(error) : error;
    },
  );
  if (await hasCompany(db)) refuseOther(world().workspace.company, company);
  else {
    world().workspace.beginWith(company ?? 'sample');
    await seedCompany(db, company ?? 'sample');
  }
  await repost(db, playgroundWorkspace.id, world());
  const { zone: timezone } = await readCompanyClock(db, playgroundWorkspace.id);
  return {
    ...playground,
    credentials: { mode: 'http', ...slack },
    timezone,
    stopClock: async (clock) => playground.useClock(await standingStill(clock)),
    async beginAnew(wanted) {
      reset(wanted);
      await memory.keeper.kept();
      await seedCompany(db, wanted);
    },
    kept: () => memory.keeper.kept(),
  };
}

/** Nobody who asks for an empty company means the one that is there; nobody's is emptied unasked. */
function refuseOther(present: Company, wanted: Company | undefined): void {
  if (wanted === undefined || wanted === present) return;
  throw new StartRefusal(
    'There is a company in this playground already. Start without --empty to go on with it, or with --fresh --empty to begin with an empty one in its place.',
  );
}

function unreadable({ message }: UnreadableKept): StartRefusal {
  return new StartRefusal(
    `The playground cannot read what another version of it kept (${message}). Begin anew with npm start -- --fresh, or, where DATABASE_URL is set, without the schema playground in it.`,
  );
}
