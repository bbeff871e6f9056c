import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebClient } from '@slack/web-api';
import { tick } from './cadence/planner.ts';
import { type CompanyClock, companyClock } from './company-clock.ts';
import { sendDue } from './delivery/sender.ts';
import { slackPost } from './delivery/slack-post.ts';
import { okrCheckIn } from './features/check-ins/operations.ts';
import { registerCheckIns } from './features/check-ins/slack.ts';
import { registerHandoffs } from './features/handoffs/slack.ts';
import { registerOkrs } from './features/okrs/slack.ts';
import { registerOwnership } from './features/ownership/slack.ts';
import { slackDirectory } from './features/people/directory.ts';
import { matchingJob } from './features/people/jobs.ts';
import { syncDirectory } from './features/people/operations.ts';
import { listenToPeople } from './features/people/slack.ts';
import { saveWorkspace } from './features/people/store.ts';
import type { Database } from './platform/db/database.ts';
import { type Heartbeat, startHeartbeat } from './platform/heartbeat.ts';
import type { Log } from './platform/log.ts';
import {
  clientForDeliveries,
  clientForDirectory,
  clientForPeople,
  connect,
  type Installation,
  type SlackCredentials,
} from './platform/slack/connection.ts';
import { InHand } from './platform/slack/in-hand.ts';
import { listen } from './platform/slack/listeners.ts';

/** A start that cannot succeed as things are, in words for the operator. */
export class StartRefusal extends Error {}

/** Cairn at work: connected to one workspace, its heart beating. */
export type RunningApp = {
  /** Takes a request of Slack's, for /slack/events. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Whether the heart has beaten lately. The database answers for itself. */
  isBeating(): boolean;
  clock: CompanyClock;
  /** Takes no new work and finishes what is in hand. */
  stop(): Promise<void>;
};

export type AppOptions = { db: Database; slack: SlackCredentials; timezone: string; log: Log };

/** A start waits this long for Slack's directory; a larger one is read on while questions are answered. */
const directoryPatienceMs = 3_000;
/** A heart that has not beaten for this long, in seconds, makes the process unready. */
const longestSilence = 60;

/** The only wiring: who is given what. Throws `StartRefusal` when Slack does not know the token. */
export async function startApp({ db, slack, timezone, log }: AppOptions): Promise<RunningApp> {
  const patient = clientForDirectory(slack);
  const waiting = clientForPeople(slack);
  const installation = await identify(waiting);
  const { workspaceId } = installation;
  await saveWorkspace(db, { id: workspaceId, name: installation.workspaceName, timezone });

  const directory = slackDirectory(workspaceId, { waiting, patient });
  const inHand = new InHand();
  const connection = connect(slack, installation, log);
  const rituals = new Map([okrCheckIn].map((ritual) => [ritual.key, ritual]));
  const post = slackPost(clientForDeliveries(slack));
  let isStopping = false;
  const match = matchingJob({ db, directory }, workspaceId, performance.now());

  async function plan(): Promise<void> {
    await tick({ db, workspaceId, rituals, log });
    await sendDue({ db, slack: post, workspaceId, log }, () => isStopping);
  }
  async function beat(): Promise<void> {
    await match(performance.now()).catch((error: unknown) => {
      log.warn({ err: error }, "Slack's directory could not be read");
    });
    await plan();
  }

  let heartbeat: Heartbeat | null = null;
  const deps = { db, directory, wake: () => heartbeat?.hint() };
  const registry = listen(connection.bolt, waiting, inHand, log);
  registerOwnership(registry, deps);
  registerHandoffs(registry, deps);
  registerCheckIns(registry, deps);
  registerOkrs(registry, deps);
  listenToPeople(connection.bolt, deps, workspaceId);

  const reading = syncDirectory(deps, workspaceId).catch((error: unknown) => {
    log.warn(
      { err: error },
      "Slack's directory could not be read; people are looked up one by one until it can",
    );
  });
  await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, directoryPatienceMs).unref())]);
  heartbeat = startHeartbeat(beat, log);
  await connection.start();

  return {
    handle: connection.handle,
    isBeating: () => (heartbeat?.age() ?? 0) < longestSilence,
    clock: companyClock({ db, workspaceId, rituals }, plan),
    async stop() {
      isStopping = true;
      await connection.stop();
      await heartbeat?.stop();
      await inHand.finished();
    },
  };
}

async function identify(client: WebClient): Promise<Installation> {
  const answer = await client.auth.test().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefusal(
      `Slack did not accept the start (${why}). Check SLACK_BOT_TOKEN, and SLACK_API_URL if it is set.`,
    );
  });
  if (answer.team_id === undefined || answer.user_id === undefined || answer.bot_id === undefined) {
    throw new StartRefusal(
      'SLACK_BOT_TOKEN belongs to no bot. Use the Bot User OAuth Token, which starts with xoxb-.',
    );
  }
  return {
    workspaceId: answer.team_id,
    workspaceName: answer.team ?? answer.team_id,
    botId: answer.bot_id,
    botUserId: answer.user_id,
  };
}
