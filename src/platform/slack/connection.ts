import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../log.ts';
import { isFromTheFuture } from './request-time.ts';

/** More than any request of Slack's: a modal's whole state is at most 250 kB. */
const bodyLimit = 1024 * 1024;
/** Commands and interactions come in the first, events in the second; the charset is never named. */
const contentTypes = new Set(['application/x-www-form-urlencoded', 'application/json']);

export type SlackCredentials =
  | { mode: 'http'; botToken: string; signingSecret: string; apiUrl: string | undefined }
  | { mode: 'socket'; botToken: string; appToken: string; apiUrl: string | undefined };

/** The workspace that the token belongs to, as Slack names it. */
export type Installation = {
  workspaceId: string;
  workspaceName: string;
  botId: string | undefined;
  botUserId: string | undefined;
};

/** The way in from Slack, over HTTP or a socket: the same Bolt app, and so the same handlers. */
export type SlackConnection = {
  bolt: App;
  /** Takes a request for /slack/events; answers 404 in Socket Mode. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The client for what people wait for: views and questions about them. No retries: whoever waits has given
 * up by then, and one 429 with retries would hold every other call back.
 */
export function clientForPeople(credentials: SlackCredentials, log: Log): WebClient {
  return new WebClient(credentials.botToken, clientOptions(credentials, log, 2_500));
}

/**
 * Makes clients for deliveries, each with a fetch of its own if one is given: no retries either, since the SDK
 * repeats a post whose answer was lost. `timeoutMs` is for a whole call.
 */
export function clientsForDeliveries(
  credentials: SlackCredentials,
  log: Log,
  timeoutMs: number,
): (fetch?: WebClientOptions['fetch']) => WebClient {
  const options = clientOptions(credentials, log, timeoutMs);
  return (fetch) =>
    new WebClient(credentials.botToken, fetch === undefined ? options : { ...options, fetch });
}

/** The client for reading the directory at leisure: it waits as long as Slack asks it to. */
export function clientForDirectory(credentials: SlackCredentials, log: Log): WebClient {
  return new WebClient(credentials.botToken, {
    ...clientOptions(credentials, log, 10_000),
    retryConfig: { retries: 3 },
    rejectRateLimitedCalls: false,
  });
}

/** Opens the connection; only requests of `installation`'s workspace reach a listener. */
export function connect(
  credentials: SlackCredentials,
  installation: Installation,
  log: Log,
): SlackConnection {
  const logger = boltLogger(log);
  const receiver = receiverFor(credentials, log);
  const bolt = new App({
    receiver,
    logger,
    convoStore: false,
    clientOptions: clientOptions(credentials, log, 2_500),
    authorize: async ({ teamId }) => {
      if (teamId !== installation.workspaceId) throw new Error(`workspace ${teamId} has not installed Cairn`);
      return {
        botToken: credentials.botToken,
        ...(installation.botId === undefined ? {} : { botId: installation.botId }),
        ...(installation.botUserId === undefined ? {} : { botUserId: installation.botUserId }),
        teamId: installation.workspaceId,
      };
    },
  });

  return {
    bolt,
    handle(req, res) {
      if (!(receiver instanceof HTTPReceiver)) {
        res.writeHead(404).end();
      } else if (isFromTheFuture(req.headers['x-slack-request-timestamp'], Date.now())) {
        // Bolt turns away what is old only; a signature dated ahead could be kept and played back later.
        log.warn('a request dated more than five minutes ahead was turned away');
        res.writeHead(401).end();
      } else if (Number(req.headers['content-length']) > bodyLimit) {
        // The rest of the body is not read, so the connection cannot be used again.
        res.writeHead(413, { connection: 'close' }).end();
      } else if (isSigned(req) && !contentTypes.has(req.headers['content-type'] ?? '')) {
        // Bolt reads anything else as JSON, and answers what is none of its kinds only after three seconds.
        res.writeHead(400, { connection: 'close' }).end();
      } else {
        receiver.requestListener(req, res);
      }
    },
    async start() {
      if (receiver instanceof SocketModeReceiver) await bolt.start();
    },
    async stop() {
      if (receiver instanceof SocketModeReceiver) await bolt.stop();
    },
  };
}

/** Whether there is a signature to check at all; without one Bolt answers 401, whatever the body is. */
function isSigned(req: IncomingMessage): boolean {
  return req.headers['x-slack-signature'] !== undefined;
}

function receiverFor(credentials: SlackCredentials, log: Log): HTTPReceiver | SocketModeReceiver {
  const logger = boltLogger(log);
  if (credentials.mode === 'http') {
    return new HTTPReceiver({ signingSecret: credentials.signingSecret, logger, bodyLimit });
  }
  return new SocketModeReceiver({
    appToken: credentials.appToken,
    logger,
    installerOptions: { clientOptions: clientOptions(credentials, log, 10_000) },
  });
}

function clientOptions(credentials: SlackCredentials, log: Log, timeout: number): WebClientOptions {
  const options: WebClientOptions = {
    // Without one the SDK writes to standard output by itself, past the log's level and past its redaction.
    logger: boltLogger(log),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
  };
  return credentials.apiUrl === undefined ? options : { ...options, slackApiUrl: credentials.apiUrl };
}

function boltLogger(log: Log): Logger {
  const child = log.child({ from: 'bolt' });
  const joined = (parts: unknown[]): string => parts.map(String).join(' ');
  const isTraced = child.isLevelEnabled('trace');
  return {
    // Bolt says a lot at this level, with every request.
    debug: isTraced ? (...parts) => child.trace(joined(parts)) : () => undefined,
    info: (...parts) => child.debug(joined(parts)),
    warn: (...parts) => child.warn(joined(parts)),
    error: (...parts) => child.error(joined(parts)),
    // pino has the level; Bolt's own is left at the lowest so that everything reaches it.
    getLevel: () => LogLevel.DEBUG,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}
