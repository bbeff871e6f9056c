import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { PlaygroundClock } from '../clock.ts';
import { answerControlRequest, type BeginWith } from './control/http.ts';
import { Stream } from './control/stream.ts';
import { pathOf, sendJson } from './http.ts';
import { restore } from './kept.ts';
import type { AppManifest } from './manifest.ts';
import { Sockets } from './outbound/sockets.ts';
import { CannotDo } from './refusal.ts';
import type { WorkspaceSeed } from './seed.ts';
import { Background } from './state/background.ts';
import { Changes } from './state/changes.ts';
import { forgetful, type Keeper, type Kept } from './state/keeper.ts';
import type { Company } from './state/workspace.ts';
import { answerDownload, isDownload } from './web-api/downloads.ts';
import { answerApiRequest } from './web-api/http.ts';
import { createWorld, type Waiting, type World } from './world.ts';

export type FakeSlackOptions = {
  seed: WorkspaceSeed;
  manifest: AppManifest;
  /** Cairn's own endpoint for commands, interactions and events */
  requestUrl: string;
  signingSecret: string;
  botToken: string;
  /** the app-level token for Socket Mode, if the app has one */
  appToken?: string;
  /** what response_urls begin with, such as http://127.0.0.1:3000 */
  publicUrl: () => string;
  /** machine time in milliseconds: timestamps, signatures, lifetimes */
  now?: () => number;
  /** company time, if there is any to show and to turn */
  clock?: PlaygroundClock;
  /** what an earlier run left, and the way to leave as much; absent: nothing is kept */
  memory?: { kept: readonly Kept[]; keeper: Keeper };
  /** how to wait; tests give their own and never wait */
  waiting?: Partial<Waiting>;
  /** 0 to 1: which of the calls a fault bites that has a share; a seeded one makes runs that can be repeated */
  random?: () => number;
  /** how many times as often as Slack allows a whole workspace may call; for tests in a hurry */
  pace?: number;
};

export type FakeSlack = {
  /** true when the request was the fake's own: /api/*, /files-pri/*, /_fake/* */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  /** for `server.on('upgrade')`; true when it was a connection by Socket Mode */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Cairn, where company time lives, starts after the Slack that it connects to */
  useClock(clock: PlaygroundClock): void;
  /** how to begin anew with another company; absent: only the fake itself can begin anew */
  useBeginning(begin: BeginWith): void;
  /** for tests, which learn Cairn's port late */
  setRequestUrl(url: string): void;
  /** the workspace as it is now; a reset makes a new one */
  world(): World;
  /** everything anew, as the seed has it; with the same company unless another is named */
  reset(company?: Company): void;
  /** ends the streams and what goes on in the background */
  close(): Promise<void>;
};

/** A Slack of one workspace, as strict as the real one, in this process. */
export function createFakeSlack(options: FakeSlackOptions): FakeSlack {
  const now = options.now ?? Date.now;
  const closing = new AbortController();
  const changes = new Changes();
  const background = new Background();
  const stream = new Stream(changes);
  const random = options.random ?? Math.random;
  const sockets = new Sockets(options.seed.bot.app_id, random);
  const connection = {
    requestUrl: options.requestUrl,
    signingSecret: options.signingSecret,
    botToken: options.botToken,
    appToken: options.appToken,
    publicUrl: options.publicUrl,
  };
  const waiting: Waiting = {
    deadline: (ms) => AbortSignal.timeout(ms),
    pause: (ms) => wait(ms, undefined, { signal: closing.signal, ref: false }),
    ...options.waiting,
  };
  let clock = options.clock;
  const companyNow = async () => {
    const machine = new Date(now());
    // Time is only for showing here: a database that does not answer must not fail a message.
    return clock === undefined ? machine : clock.now().catch(() => machine);
  };
  const keeper = options.memory?.keeper ?? forgetful;
  const begin = () =>
    createWorld({
      seed: options.seed,
      manifest: options.manifest,
      connection,
      waiting,
      now,
      companyNow,
      keeper,
      changes,
      background,
      closing: closing.signal,
      random,
      pace: options.pace ?? 1,
      sockets,
    });
  let world = begin();
  restore(world, options.memory?.kept ?? []);
  let beginWith: BeginWith | undefined;
  const reset = (company = world.workspace.company) => {
    keeper.clear();
    world = begin();
    world.workspace.beginWith(company);
    changes.tell();
  };
  return {
    handle(req, res) {
      const path = pathOf(req).pathname;
      const answer = (work: Promise<void>) => guard(res, work, closing.signal);
      if (path.startsWith('/api/')) answer(answerApiRequest(world, req, res));
      else if (isDownload(path)) answer(answerDownload(world, req, res));
      else if (path.startsWith('/_fake/')) {
        answer(answerControlRequest({ world, clock, stream, reset, beginWith }, req, res));
      } else return false;
      return true;
    },
    upgrade: (req, socket, head) => sockets.upgrade(req, socket, head),
    useClock(given) {
      clock = given;
    },
    useBeginning(given) {
      beginWith = given;
    },
    setRequestUrl(url) {
      connection.requestUrl = url;
    },
    world: () => world,
    reset,
    async close() {
      stream.close();
      closing.abort();
      await sockets.close();
      await background.settled();
    },
  };
}

/** A fault of the fake itself must neither hang the caller nor end the process. */
function guard(res: ServerResponse, work: Promise<void>, closing: AbortSignal): void {
  work.catch((error: unknown) => {
    // A wait that closing cut short has no answer to give any more.
    if (closing.aborted) return void res.destroy();
    const mine = !(error instanceof CannotDo);
    if (mine) console.error('fake Slack:', error);
    if (res.headersSent) res.destroy();
    else sendJson(res, mine ? 500 : 413, { ok: false, error: mine ? 'fatal_error' : error.message });
  });
}
