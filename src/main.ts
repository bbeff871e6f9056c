import type { IncomingMessage, ServerResponse } from 'node:http';
import { type RunningApp, StartRefusal, startApp } from './app.ts';
import { type Config, readProcessConfig } from './config.ts';
import { isMigrated } from './platform/db/migrate.ts';
import { type OpenedDatabase, openMigrated, reachProblem } from './platform/db/open.ts';
import { answerText, type Handler, type HttpServer, ListenRefusal, listen } from './platform/http-server.ts';
import { createLog, type Log } from './platform/log.ts';
import { EmbeddedPostgresRefusal } from './platform/postgres/refusal.ts';
import type { SlackCredentials } from './platform/slack/connection.ts';

/** What is in hand at SIGTERM gets this long. */
const graceMs = 10_000;

/** Runs Cairn until it is told to stop. A start that cannot succeed ends with a clear line and status 1. */
export async function main(): Promise<void> {
  const read = readProcessConfig();
  if (!read.ok) {
    for (const problem of read.problems) console.error(problem);
    process.exitCode = 1;
    return;
  }
  const { config } = read;
  const log = createLog(config.logLevel, config.secrets);
  const running = new Running(config, log);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void running.end(signal));
  }
  try {
    await running.start();
  } catch (error) {
    const words = startProblem(error);
    if (words === null) log.fatal({ err: error }, 'Cairn could not start');
    else console.error(words);
    await running.release();
    process.exit(1);
  }
}

class Running {
  readonly #config: Config;
  readonly #log: Log;
  #http: HttpServer | null = null;
  #database: OpenedDatabase | null = null;
  #playground: Playground | null = null;
  #app: RunningApp | null = null;
  #isEnding = false;

  constructor(config: Config, log: Log) {
    this.#config = config;
    this.#log = log;
  }

  /** Listens first, so that a taken port is known before anything is begun; ready when all is up. */
  async start(): Promise<void> {
    const { host, port } = this.#config.http;
    const exact = new Map<string, Handler>([
      ['GET /healthz', (_req, res) => answerText(res, 200, 'ok')],
      ['GET /readyz', (_req, res) => void this.#answerReady(res)],
      ['POST /slack/events', (req, res) => this.#handleSlack(req, res)],
    ]);
    this.#http = await listen(host, port, { exact, otherwise: (req, res) => this.#handleOther(req, res) });
    this.#database = await openMigrated(this.#config.database, 'bot', this.#log);
    const slack = await this.#credentials(this.#http.port, this.#database);
    this.#app = await startApp({
      db: this.#database.db,
      slack,
      timezone: this.#config.timezone,
      log: this.#log,
    });
    this.#playground?.useClock(this.#app.clock);
    this.#log.info({ host, port: this.#http.port, mode: this.#config.slack.mode }, 'Cairn is ready');
    if (this.#playground !== null) console.log(`Cairn's playground: http://localhost:${this.#http.port}`);
  }

  /** Ends gracefully: takes no more work, finishes what is in hand within ten seconds, exits with 0. */
  async end(signal: string): Promise<void> {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#log.info({ signal }, 'stopping');
    const late = setTimeout(() => {
      this.#log.warn('what was in hand took longer than ten seconds; stopping without it');
      process.exit(0);
    }, graceMs);
    await this.release().then(
      () => this.#log.info('stopped'),
      (error: unknown) => this.#log.error({ err: error }, 'stopped, with something left undone'),
    );
    clearTimeout(late);
    process.exit(0);
  }

  /** Gives everything back, in the order in which the parts lean on each other. */
  async release(): Promise<void> {
    const closing = this.#http?.close();
    await this.#playground?.close();
    await this.#app?.stop();
    await closing;
    await this.#database?.close();
  }

  async #credentials(port: number, { db }: OpenedDatabase): Promise<SlackCredentials> {
    const { slack } = this.#config;
    if (slack.mode !== 'playground') return slack;
    // Only here, so that a start with Slack tokens never loads the playground.
    const { openPlayground } = await import('./playground/open.ts');
    this.#playground = await openPlayground({ port, db });
    return this.#playground.credentials;
  }

  #handleSlack(req: IncomingMessage, res: ServerResponse): void {
    if (this.#app === null || this.#isEnding) answerText(res, 503, 'not ready');
    else this.#app.handle(req, res);
  }

  #handleOther(req: IncomingMessage, res: ServerResponse): void {
    if (this.#playground?.handle(req, res) !== true) answerText(res, 404, 'not found');
  }

  async #answerReady(res: ServerResponse): Promise<void> {
    const isReady =
      this.#app?.isBeating() === true &&
      !this.#isEnding &&
      this.#database !== null &&
      (await isMigrated(this.#database.db).catch(() => false));
    answerText(res, isReady ? 200 : 503, isReady ? 'ready' : 'not ready');
  }
}

type Playground = Awaited<ReturnType<typeof import('./playground/open.ts').openPlayground>>;

/** Words for what an operator can mend; null for a defect. */
function startProblem(error: unknown): string | null {
  const isRefusal =
    error instanceof StartRefusal ||
    error instanceof ListenRefusal ||
    error instanceof EmbeddedPostgresRefusal;
  return isRefusal ? error.message : reachProblem(error);
}
