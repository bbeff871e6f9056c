import type { IncomingMessage, ServerResponse } from 'node:http';
import { type RunningApp, startApp } from './app.ts';
import { refusedStatus, wrongUsage } from './cli/terminal.ts';
import { type Config, plainTimezone, readProcessConfig } from './config.ts';
import { readFigures } from './delivery/figures-store.ts';
import { type Limits, limitsOf } from './delivery/limits.ts';
import { apiPath } from './features/api/core/endpoints.ts';
import { answerNotReady } from './features/api/http.ts';
import { openReader } from './features/numbers/reader.ts';
import { webhookPath } from './features/numbers/webhook.ts';
import { accepted, type Result, refused } from './platform/core/result.ts';
import { within } from './platform/core/within.ts';
import type { Database } from './platform/db/database.ts';
import { emptyTables } from './platform/db/empty.ts';
import { isMigrated } from './platform/db/migrate.ts';
import { databaseProblem, type OpenedDatabase, openMigrated } from './platform/db/open.ts';
import { answerText, type Handler, type HttpServer, ListenRefusal, listen } from './platform/http-server.ts';
import { createLog, type Log } from './platform/log.ts';
import { createMetrics, type Figures } from './platform/metrics.ts';
import type { SlackCredentials } from './platform/slack/connection.ts';
import { StartRefusal } from './platform/start-refusal.ts';
import {
  emptyProblem,
  freshProblem,
  readStartArguments,
  type StartArguments,
  startUsage,
} from './start-arguments.ts';

/** At SIGTERM: what is in hand gets this long, ... */
const graceMs = 7_000;
/** ... requests that are still on their way in get this long, ... */
const lingerMs = 500;
/** ... what the playground has not kept yet gets this long, ... */
const keepMs = 1_000;
/** ... and after this long the process ends, whatever is left. */
const longestEndMs = 9_500;

/** A database that does not answer for this long makes the process unready. */
const readyPatienceMs = 2_000;

/**
 * Runs Cairn until it is told to stop. A start that cannot succeed ends with a clear line and status 1, one with
 * arguments that it does not know with 2.
 */
export async function main(args: string[]): Promise<void> {
  const given = readStartArguments(args);
  if (!given.ok) return end([given.words, ...startUsage], wrongUsage);
  if (given.value.isHelp) return console.log(startUsage.join('\n'));
  const read = readProcessConfig();
  if (!read.ok) return end(read.problems, refusedStatus);
  const { config } = read;
  const { isFresh, isEmpty } = given.value;
  const problem = (isEmpty ? emptyProblem(config) : null) ?? (isFresh ? freshProblem(config) : null);
  if (problem !== null) return end([problem], refusedStatus);
  const log = createLog(config.logLevel, config.secrets);
  const running = new Running(config, given.value, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void running.end(signal));
  }
  await running.start();
}

function end(words: string[], status: number): void {
  for (const line of words) console.error(line);
  process.exitCode = status;
}

class Running {
  readonly #config: Config;
  readonly #asked: Pick<StartArguments, 'isFresh' | 'isEmpty'>;
  readonly #log: Log;
  readonly #metrics = createMetrics();
  #http: HttpServer | null = null;
  #database: OpenedDatabase | null = null;
  #playground: Playground | null = null;
  #app: RunningApp | null = null;
  #starting: Promise<void> = Promise.resolve();
  #isEnding = false;

  constructor(config: Config, asked: Pick<StartArguments, 'isFresh' | 'isEmpty'>, log: Log) {
    this.#config = config;
    this.#asked = asked;
    this.#log = log;
  }

  /** Starts all parts; a start that fails gives everything back and ends the process with words and status 1. */
  async start(): Promise<void> {
    this.#starting = this.#startParts();
    try {
      await this.#starting;
    } catch (error) {
      // A signal during the start wants it to end: `end` does, with 0.
      if (this.#isEnding) return;
      const words = startProblem(error, this.#database !== null);
      if (words === null) this.#log.fatal({ err: error }, 'Cairn could not start');
      else console.error(words);
      await this.#release();
      process.exit(1);
    }
  }

  /** Listens first, so that a taken port is known before anything is begun; ready when all is up. */
  async #startParts(): Promise<void> {
    const { host, port } = this.#config.http;
    const exact = new Map<string, Handler>([
      ['GET /healthz', (_req, res) => answerText(res, 200, 'ok')],
      ['GET /metrics', (_req, res) => void this.#metrics.answer(() => this.#readFigures(), res)],
      ['GET /readyz', (_req, res) => void this.#answerReady(res)],
      ['POST /slack/events', (req, res) => this.#handleSlack(req, res)],
    ]);
    const routes = {
      exact,
      // The first that fits answers, and numbers are posted below the API's path.
      below: new Map<string, Handler>([
        [webhookPath, (req, res) => this.#handleNumber(req, res)],
        [apiPath, (req, res) => this.#handleApi(req, res)],
      ]),
      otherwise: (req: IncomingMessage, res: ServerResponse) => this.#handleOther(req, res),
    };
    this.#http = await listen(host, port, routes, (error) =>
      this.#log.error({ err: error }, 'a request failed'),
    );
    const openSlack = await this.#findSlack();
    if (this.#isEnding) return;
    const { database } = this.#config;
    const choice = database.kind === 'embedded' ? { ...database, isFresh: this.#asked.isFresh } : database;
    this.#database = await openMigrated(choice, 'bot', this.#log);
    const slack = await openSlack(this.#http.port, this.#database.db);
    if (this.#isEnding) return;
    await this.#startApp(this.#database, slack);
    this.#playground?.useBeginning(async (company) => this.#beginAnew(company, slack));
    if (this.#isEnding) return;
    this.#log.info({ host, port: this.#http.port, mode: this.#config.slack.mode }, 'Cairn is ready');
    if (this.#playground !== null) console.log(`Cairn's playground: http://localhost:${this.#http.port}`);
  }

  async #startApp({ db, url }: OpenedDatabase, slack: SlackCredentials): Promise<void> {
    const { sqlSources, allowsPrivateNumbers } = this.#config;
    this.#app = await startApp({
      db,
      slack,
      timezone: this.#config.timezone ?? this.#playground?.timezone ?? plainTimezone,
      limits: this.#limits(),
      hintsFrom: url,
      counting: this.#metrics.counting,
      reader: openReader({ sqlSources, allowsPrivate: allowsPrivateNumbers }),
      log: this.#log,
    });
    this.#playground?.useClock(this.#app.clock);
  }

  /**
   * The playground with another company, asked for on its page: Cairn stops, its database is emptied, and it starts
   * again in this process, so that pages stay open. Only the database that Cairn runs itself is emptied.
   */
  async #beginAnew(company: Company, slack: SlackCredentials): Promise<Result<null>> {
    const [app, database] = [this.#app, this.#database];
    const problem = freshProblem(this.#config);
    if (problem !== null)
      return refused(
        'not-ours',
        'Only the database that Cairn runs itself is emptied, and DATABASE_URL names yours.',
      );
    if (app === null || database === null || this.#isEnding)
      return refused('not-ready', 'Cairn is just starting or stopping: try again in a moment.');
    this.#app = null;
    const work = this.#restart(app, database, company, slack);
    this.#starting = work.then(() => undefined);
    return await work;
  }

  async #restart(
    app: RunningApp,
    database: OpenedDatabase,
    company: Company,
    slack: SlackCredentials,
  ): Promise<Result<null>> {
    await this.#playground?.stopClock(app.clock);
    await within(graceMs, app.stop());
    const emptied = await emptyTables(database.db).then(
      () => accepted(null),
      (error: unknown) => {
        if (error instanceof StartRefusal) return refused('not-empty', error.message);
        throw error;
      },
    );
    if (emptied.ok) await this.#playground?.beginAnew(company);
    if (!this.#isEnding) await this.#startApp(database, slack);
    return emptied;
  }

  /** The playground keeps the distance in a channel, as Slack does; so many people as there are in a company it has not. */
  #limits(): Limits {
    const limits = limitsOf(this.#config.limits);
    return this.#playground === null ? limits : { ...limits, postsPerSecond: 50, burst: 50, reserve: 1 };
  }

  /** Ends gracefully: takes no more work, finishes what is in hand, gives everything back, exits with 0. */
  async end(signal: string): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#log.info({ signal }, 'stopping');
    setTimeout(() => {
      this.#log.warn('stopping without what is still in hand');
      process.exit(0);
    }, longestEndMs);
    // Half a start is given back as well, but only when it is known what there is to give back.
    await this.#starting.catch(() => undefined);
    await this.#release().then(
      () => this.#log.info('stopped'),
      (error: unknown) => this.#log.error({ err: error }, 'stopped, with something left undone'),
    );
    process.exit(0);
  }

  /** Gives everything back, in the order in which the parts lean on each other. */
  async #release(): Promise<void> {
    const closing = this.#http?.close();
    await this.#playground?.close();
    if (this.#app !== null) await within(graceMs, this.#app.stop());
    // A request whose body never comes would hold this for ever; the process ends without it.
    if (closing !== undefined) await within(lingerMs, closing);
    if (this.#playground !== null) await within(keepMs, this.#playground.kept());
    await this.#database?.close();
  }

  /**
   * Where Slack is, to be asked when the database is open. Without tokens it is the playground's fake: loaded only
   * here, and before anything is begun, since an install may have left it out.
   */
  async #findSlack(): Promise<(port: number, db: Database) => Promise<SlackCredentials>> {
    const { slack } = this.#config;
    if (slack.mode !== 'playground') return async () => slack;
    const { loadPlayground } = await import('./playground/load.ts');
    const { openPlayground } = await loadPlayground();
    return async (port, db) => {
      this.#playground = await openPlayground({
        port,
        db,
        log: this.#log,
        ...(this.#asked.isEmpty ? { company: 'empty' } : {}),
      });
      return this.#playground.credentials;
    };
  }

  #handleSlack(req: IncomingMessage, res: ServerResponse): void {
    if (this.#app === null || this.#isEnding) answerText(res, 503, 'not ready');
    else this.#app.handle(req, res);
  }

  #handleNumber(req: IncomingMessage, res: ServerResponse): void {
    if (this.#app === null || this.#isEnding) answerText(res, 503, 'not ready');
    else this.#app.handleNumber(req, res);
  }

  #handleApi(req: IncomingMessage, res: ServerResponse): void {
    if (this.#app === null || this.#isEnding) answerNotReady(res);
    else this.#app.handleApi(req, res);
  }

  #handleOther(req: IncomingMessage, res: ServerResponse): void {
    if (this.#playground?.handle(req, res) !== true) answerText(res, 404, 'not found');
  }

  /** Throws while Cairn starts, so that whoever watches is told that there are no figures yet. */
  async #readFigures(): Promise<Figures> {
    if (this.#database === null || this.#app === null) throw new Error('Cairn is starting');
    return { ...(await readFigures(this.#database.db)), tickAgeSeconds: this.#app.tickAge() };
  }

  async #answerReady(res: ServerResponse): Promise<void> {
    const isReady =
      this.#app?.isBeating() === true &&
      !this.#isEnding &&
      this.#database !== null &&
      (
        await within(
          readyPatienceMs,
          isMigrated(this.#database.db).catch(() => false),
        )
      )?.value === true;
    answerText(res, isReady ? 200 : 503, isReady ? 'ready' : 'not ready');
  }
}

type Playground = import('./playground/open.ts').OpenPlayground;
type Company = Parameters<Playground['beginAnew']>[0];

/** Words for what an operator can mend; null for a defect. */
function startProblem(error: unknown, isDatabaseOpen: boolean): string | null {
  if (error instanceof StartRefusal || error instanceof ListenRefusal) return error.message;
  return databaseProblem(error, isDatabaseOpen);
}
