import type { IncomingMessage, ServerResponse } from 'node:http';
import { readDaysOff } from './cadence/days-off.ts';
import { tick } from './cadence/planner.ts';
import { heldRituals } from './cadence/ritual.ts';
import { type CompanyClock, companyClock } from './company-clock.ts';
import { hintChannel } from './delivery/lanes.ts';
import { type Limits, usualLimits } from './delivery/limits.ts';
import { createSender, type Sender } from './delivery/sender.ts';
import { slackPost } from './delivery/slack-post.ts';
import { registerActions } from './features/actions/slack.ts';
import { answerApi } from './features/api/http.ts';
import { registerApiTokens } from './features/api/slack.ts';
import { registerAway } from './features/away/slack.ts';
import type { CadenceDeps } from './features/cadences/deps.ts';
import { registerCadences } from './features/cadences/slack.ts';
import { leaversJob } from './features/check-ins/jobs.ts';
import { okrCheckIn } from './features/check-ins/run-operations.ts';
import { registerCheckIns } from './features/check-ins/slack.ts';
import { slackFiles } from './features/csv-out/sending.ts';
import { type CsvOutDeps, registerCsvOut } from './features/csv-out/slack.ts';
import { dailyJob } from './features/daily/jobs.ts';
import { type DecisionDeps, registerDecisions } from './features/decisions/slack.ts';
import { departuresJob } from './features/departures/jobs.ts';
import { registerDepartures } from './features/departures/slack.ts';
import { digestJob } from './features/digest/jobs.ts';
import { digestRitual } from './features/digest/ritual.ts';
import { type DigestDeps, registerDigest } from './features/digest/slack.ts';
import { feedbackJob } from './features/feedback/jobs.ts';
import { registerFeedback } from './features/feedback/slack.ts';
import { handoffJob } from './features/handoffs/jobs.ts';
import { registerHandoffs } from './features/handoffs/slack.ts';
import { endWork } from './features/handoffs/work-operations.ts';
import { watchScopes } from './features/health/scopes.ts';
import { type HealthDeps, registerHealth } from './features/health/slack.ts';
import { publishStale } from './features/home/jobs.ts';
import type { Publish } from './features/home/publishing.ts';
import { type HomeDeps, registerHome } from './features/home/slack.ts';
import type { ImportsDeps } from './features/imports/deps.ts';
import { importsJob } from './features/imports/jobs.ts';
import { importable } from './features/imports/kinds.ts';
import { okrsImport } from './features/imports/okrs/kind.ts';
import { roadmapImport } from './features/imports/roadmap/kind.ts';
import { rocksImport } from './features/imports/rocks/kind.ts';
import { registerImports } from './features/imports/slack.ts';
import { numbersJob } from './features/numbers/jobs.ts';
import { openReader, type Reader } from './features/numbers/reader.ts';
import { type NumberDeps, registerNumbers } from './features/numbers/slack.ts';
import { answerWebhook } from './features/numbers/webhook.ts';
import { okrClose } from './features/okrs/grading/ritual.ts';
import type { OkrMoving } from './features/okrs/moved.ts';
import { okrPlanning } from './features/okrs/planning/ritual.ts';
import { showPlannings } from './features/okrs/planning/showing.ts';
import { registerOkrs } from './features/okrs/slack.ts';
import { registerAsking } from './features/ownership/asking/slack.ts';
import { ownershipAudit } from './features/ownership/confirming/audit-operations.ts';
import { answerConfirm, registerConfirming } from './features/ownership/confirming/slack.ts';
import { registerLoad } from './features/ownership/load/slack.ts';
import { registerMisses } from './features/ownership/misses/slack.ts';
import type { Moving } from './features/ownership/moved.ts';
import { recountProposals } from './features/ownership/proposals/following-operations.ts';
import { proposalsJob } from './features/ownership/proposals/jobs.ts';
import { registerProposals } from './features/ownership/proposals/slack.ts';
import { addForm } from './features/ownership/register/opening.ts';
import { registerRegister } from './features/ownership/register/slack.ts';
import { lookAgainJob } from './features/ownership/register/standing-operations.ts';
import { registerOwnership } from './features/ownership/slack.ts';
import { slackDirectory } from './features/people/directory.ts';
import { matchingJob } from './features/people/jobs.ts';
import { syncDirectory } from './features/people/operations.ts';
import { listenToPeople } from './features/people/slack.ts';
import { saveWorkspace } from './features/people/store.ts';
import { placing } from './features/pictures/operations.ts';
import { slackUpload } from './features/pictures/uploading.ts';
import { registerPlaybook } from './features/playbook/slack.ts';
import { readoutRitual } from './features/readout/ritual.ts';
import { researchJob } from './features/research/jobs.ts';
import { registerResearch } from './features/research/slack.ts';
import { preparingJob } from './features/reviews/jobs.ts';
import { builtInReviews, reviewRitual } from './features/reviews/ritual.ts';
import { answerRoadmapReview, registerReviews } from './features/reviews/slack.ts';
import { outcomeJob } from './features/roadmap/jobs.ts';
import { type RoadmapDeps, registerRoadmap } from './features/roadmap/slack.ts';
import { registerLive } from './features/setup/live/slack.ts';
import { registerSetup, type SetupDeps } from './features/setup/slack.ts';
import { registerStrategy } from './features/strategy/slack.ts';
import { guideSteps } from './guide-steps.ts';
import { moving, okrMoving } from './moving.ts';
import { within } from './platform/core/within.ts';
import { type Counting, uncounted } from './platform/counting.ts';
import type { Database, Tx } from './platform/db/database.ts';
import { type Hints, listenForHints } from './platform/db/hints.ts';
import { type Heartbeat, startHeartbeat } from './platform/heartbeat.ts';
import { type Job, runJobs } from './platform/job.ts';
import type { Log } from './platform/log.ts';
import type { Registry } from './platform/slack/calls.ts';
import {
  clientForDirectory,
  clientForPeople,
  clientsForDeliveries,
  connect,
  type SlackCredentials,
} from './platform/slack/connection.ts';
import { fileDownload } from './platform/slack/files.ts';
import { readScopes } from './platform/slack/granted-scopes.ts';
import { identify } from './platform/slack/identify.ts';
import { InHand } from './platform/slack/in-hand.ts';
import { listen } from './platform/slack/listeners.ts';
import { permalinkOf } from './platform/slack/permalink.ts';
import { StartRefusal } from './platform/start-refusal.ts';

/** Cairn at work: connected to one workspace, its heart beating. */
export type RunningApp = {
  /** Takes a request of Slack's, for /slack/events. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Takes a number that was posted below `webhookPath`. */
  handleNumber(req: IncomingMessage, res: ServerResponse): void;
  /** Takes a request of another tool below `apiPath`. */
  handleApi(req: IncomingMessage, res: ServerResponse): void;
  /** Whether the heart has beaten lately. The database answers for itself. */
  isBeating(): boolean;
  /** Seconds since the last beat that came through. */
  tickAge(): number;
  clock: CompanyClock;
  /** Takes no new work and finishes what is in hand. */
  stop(): Promise<void>;
};

export type AppOptions = {
  db: Database;
  slack: SlackCredentials;
  timezone: string;
  log: Log;
  /** Absent: as Slack's own are, with what an operator may choose left alone. */
  limits?: Limits;
  counting?: Counting;
  /** Where numbers from elsewhere are read. Absent: no SQL connection, and no private network. */
  reader?: Reader;
  /** The database's address, to hear on a connection of its own when another process has written a message. */
  hintsFrom?: string;
};

/** Everything that people can type, press and send off, with what it needs. */
export function registerFeatures(registry: Registry, deps: FeatureDeps): void {
  registerOwnership(registry, deps);
  registerLoad(registry, deps);
  registerAsking(registry, deps);
  registerMisses(registry, { ...deps, addForm: addForm(deps) });
  registerRegister(registry, {
    ...deps,
    confirm: (workspaceId, actor, card) => answerConfirm(deps, workspaceId, actor, card),
  });
  registerConfirming(registry, deps);
  registerProposals(registry, deps);
  // A piece of work that is done ends the handoff by which it came.
  const onActionEnded = [endWork];
  registerHandoffs(registry, { ...deps, onActionEnded });
  registerActions(registry, { ...deps, onActionEnded });
  registerDepartures(registry, deps);
  registerCheckIns(registry, deps);
  registerOkrs(registry, deps);
  registerStrategy(registry, deps);
  registerDecisions(registry, deps);
  registerPlaybook(registry, deps);
  registerRoadmap(registry, { ...deps, review: (call) => answerRoadmapReview(deps, call) });
  registerReviews(registry, deps);
  registerResearch(registry, deps);
  registerCadences(registry, deps);
  registerNumbers(registry, deps);
  registerAway(registry, deps);
  registerHealth(registry, deps);
  registerSetup(registry, deps);
  registerImports(registry, deps);
  registerLive(registry, deps);
  registerApiTokens(registry, deps);
  registerCsvOut(registry, deps);
  registerDigest(registry, deps);
  registerFeedback(registry, deps);
  registerHome(registry, deps);
}

export type FeatureDeps = HomeDeps &
  CadenceDeps &
  HealthDeps &
  ImportsDeps &
  NumberDeps &
  Omit<RoadmapDeps, 'review'> &
  Moving &
  OkrMoving &
  DecisionDeps &
  DigestDeps &
  SetupDeps &
  CsvOutDeps;

/** A start waits this long for Slack's directory; a larger one is read on while questions are answered. */
const directoryPatienceMs = 3_000;
/** Sending the bytes of a file, which somebody waits for in a modal. */
const fileMs = 20_000;
/** A heart that has not beaten for this long, in seconds, makes the process unready. */
const longestSilence = 60;

/** The only wiring: who is given what. Throws `StartRefusal` when Slack does not accept the tokens. */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { db, slack, timezone, log, limits = usualLimits, counting = uncounted } = options;
  const { reader = openReader({ sqlSources: {}, allowsPrivate: false }) } = options;
  const patient = clientForDirectory(slack, log);
  const waiting = clientForPeople(slack, log);
  const installation = await identify(waiting);
  const { workspaceId } = installation;
  await saveWorkspace(db, { id: workspaceId, name: installation.workspaceName, timezone });

  const directory = slackDirectory(workspaceId, { waiting, patient }, installation.botUserId);
  const inHand = new InHand();
  const connection = connect(slack, installation, log);
  const rituals = heldRituals(
    [
      ...[okrCheckIn, okrPlanning, okrClose(okrMoving), ownershipAudit],
      ...[...builtInReviews, digestRitual, readoutRitual],
    ],
    (key) => reviewRitual(key, key),
  );
  const post = slackPost(clientsForDeliveries(slack, log, limits.slackTimeoutMs));
  // A third of the time of a call each, so that asking, sending and completing fit into a lease.
  const uploadMs = Math.ceil(limits.slackTimeoutMs / 3);
  const pictures = { db, log, upload: slackUpload(clientsForDeliveries(slack, log, uploadMs)(), uploadMs) };
  const scopes = readScopes(waiting);
  const watch = watchScopes(db, scopes, workspaceId);
  let isStopping = false;

  let heartbeat: Heartbeat | null = null;
  let sender: Sender | null = null;
  const publish: Publish = async (user_id, view) => void (await waiting.views.publish({ user_id, view }));
  const deps = {
    db,
    directory,
    publish,
    rituals,
    reader,
    steps: guideSteps(rituals),
    ...moving,
    ...okrMoving,
    pictures,
    sendFile: slackFiles(clientsForDeliveries(slack, log, limits.slackTimeoutMs)(), fileMs),
    scopes: scopes.granted,
    lookAtScopes: watch.look,
    kinds: {
      rocks: importable(rocksImport),
      okrs: importable(okrsImport),
      roadmap: importable(roadmapImport),
    },
    download: fileDownload(slack, log),
    // What was said about things that an import had brought in is said anew when it is undone.
    undoing: [
      async (tx: Tx, undone: { workspaceId: string }) => await recountProposals(tx, undone.workspaceId),
      async (tx: Tx, undone: { workspaceId: string }) => await showPlannings(tx, undone.workspaceId),
    ],
    permalink: (channel: string, ts: string) => permalinkOf(waiting, channel, ts),
    tickAge: () => heartbeat?.age() ?? 0,
    wake: () => {
      sender?.wake();
      heartbeat?.hint();
    },
  };
  const registry = listen(connection.bolt, waiting, inHand, log);
  registerFeatures(registry, deps);
  listenToPeople(connection.bolt, deps, workspaceId);

  const readQuietly = async (reading: Promise<void>): Promise<void> => {
    await reading.catch((error: unknown) => {
      if (isStopping) return;
      log.warn(
        { err: error },
        "Slack's directory could not be read; people are looked up one by one until it can",
      );
    });
  };
  // What is off is known before the first Home is drawn, unless Slack takes its time.
  const watchQuietly = async (): Promise<void> =>
    await watch.turn(performance.now()).catch((error: unknown) => {
      log.debug({ err: error }, 'Slack did not say which scopes it grants');
    });
  await within(
    directoryPatienceMs,
    Promise.all([readQuietly(syncDirectory(deps, workspaceId)), watchQuietly()]),
  );
  await connection.start().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartRefusal(
      `Slack did not open the socket (${why}). Check SLACK_APP_TOKEN and that Socket Mode is on.`,
    );
  });

  // What each feature lets the clock do, besides its rituals.
  const jobs: Job[] = [
    handoffJob({ db, log }, workspaceId),
    lookAgainJob({ db, workspaceId }),
    departuresJob(deps, workspaceId),
    leaversJob({ db }, workspaceId),
    preparingJob({ db }, workspaceId),
    outcomeJob({ db }, workspaceId),
    digestJob({ db }, workspaceId),
    researchJob({ db, log }, workspaceId),
    feedbackJob({ db, rituals }, workspaceId),
    importsJob({ db }, workspaceId),
    proposalsJob({ db }, workspaceId),
    // After all others, so that what they say goes out with the same beat.
    dailyJob({ db }, workspaceId),
  ];
  const plan = async (): Promise<void> => {
    await tick({ db, workspaceId, rituals, log, counting });
    await runJobs(jobs, log);
  };

  const numbers = numbersJob({ db, reader, log, isStopping: () => isStopping }, workspaceId);
  let isPulling = false;
  const pull = async (): Promise<void> => {
    if (isPulling) return;
    isPulling = true;
    await inHand.track(runJobs([numbers], log)).finally(() => {
      isPulling = false;
    });
  };

  const match = matchingJob(deps, workspaceId, performance.now());
  let isMatching = false;
  const placePictures = placing(pictures, workspaceId);
  const sending = createSender({
    db,
    slack: post,
    workspaceId,
    limits,
    log,
    counting,
    readDaysOff,
    placePictures,
  });
  sender = sending;
  const hints: Hints | null =
    options.hintsFrom === undefined
      ? null
      : listenForHints(options.hintsFrom, hintChannel, () => sending.wake(), log);
  heartbeat = startHeartbeat(async () => {
    if (!isMatching) {
      isMatching = true;
      // Beside the beat and never waited for: Slack may ask the reader of its directory to wait for minutes.
      void readQuietly(match(performance.now())).finally(() => {
        isMatching = false;
      });
    }
    // Beside the beat as well: others answer as slowly as they like.
    void pull();
    void inHand.track(watchQuietly());
    await Promise.all([plan().then(() => sending.wake()), publishStale({ ...deps, log }, workspaceId)]);
  }, log);
  const { age, beatNow, stop } = heartbeat;
  const clock = companyClock(
    { db, workspaceId, rituals, jobs: [...jobs, numbers] },
    {
      plan: async () => {
        await plan();
        await runJobs([numbers], log);
      },
      send: () => Promise.all([beatNow(), sending.drain()]),
    },
  );

  return {
    handle: connection.handle,
    handleNumber: (req, res) => answerWebhook({ db, workspaceId, log, inHand }, req, res),
    handleApi: (req, res) => answerApi({ db, directory, workspaceId, log, inHand, counting }, req, res),
    isBeating: () => age() < longestSilence,
    tickAge: age,
    clock,
    async stop() {
      isStopping = true;
      await connection.stop();
      await clock.stop();
      await Promise.all([stop(), sending.stop(), hints?.stop()]);
      await inHand.finished();
      await reader.close();
    },
  };
}
