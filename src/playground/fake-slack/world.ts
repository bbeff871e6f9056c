import { randomBytes } from 'node:crypto';
import type { AppManifest } from './manifest.ts';
import type { Sockets } from './outbound/sockets.ts';
import type { WorkspaceSeed } from './seed.ts';
import type { Background } from './state/background.ts';
import type { Changes } from './state/changes.ts';
import { Faults } from './state/faults.ts';
import { Files } from './state/files.ts';
import { Holds } from './state/holds.ts';
import { Journal } from './state/journal.ts';
import type { Keeper } from './state/keeper.ts';
import { Messages } from './state/messages.ts';
import { Rates } from './state/rates.ts';
import { Scopes } from './state/scopes.ts';
import { Suggestions } from './state/suggestions.ts';
import { ResponseUrls, Triggers } from './state/tickets.ts';
import { Views } from './state/views.ts';
import { Workspace } from './state/workspace.ts';

/** Where and how the fake reaches Cairn, and what both sides know. */
export type Connection = {
  requestUrl: string;
  signingSecret: string;
  botToken: string;
  /** for Socket Mode; absent: there is no such token */
  appToken: string | undefined;
  publicUrl: () => string;
};

/** Everything that waits, so that tests never have to. */
export type Waiting = {
  /** aborts when Cairn has had its time to answer */
  deadline: (ms: number) => AbortSignal;
  /** resolves when it is time to try an event again, or to give a slow answer */
  pause: (ms: number) => Promise<void>;
};

export type World = {
  readonly manifest: AppManifest;
  readonly connection: Connection;
  readonly waiting: Waiting;
  readonly workspace: Workspace;
  readonly messages: Messages;
  readonly views: Views;
  readonly files: Files;
  readonly suggestions: Suggestions;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly holds: Holds;
  readonly rates: Rates;
  readonly scopes: Scopes;
  /** Cairn's connections by Socket Mode */
  readonly sockets: Sockets;
  /** takes what of the state outlives the process */
  readonly keeper: Keeper;
  readonly changes: Changes;
  readonly background: Background;
  /** aborts when the fake closes */
  readonly closing: AbortSignal;
  /** machine time: timestamps, lifetimes, signatures */
  readonly now: () => number;
  /** company time: what people see on a message */
  readonly companyNow: () => Promise<Date>;
  readonly newBlockId: () => string;
};

export type WorldOptions = Pick<
  World,
  | 'manifest'
  | 'connection'
  | 'waiting'
  | 'now'
  | 'companyNow'
  | 'keeper'
  | 'sockets'
  | 'changes'
  | 'background'
  | 'closing'
> & {
  seed: WorkspaceSeed;
  /** 0 to 1, for the shares of faults */
  random: () => number;
  /** how many times as often as Slack allows a whole workspace may call */
  pace: number;
};

/** A workspace as the seed has it, in which nothing has happened yet. */
export function createWorld(options: WorldOptions): World {
  const { seed, random, pace, ...shared } = options;
  const { now, manifest, keeper } = shared;
  const { botToken, appToken = '', signingSecret } = shared.connection;
  const faults = new Faults(random);
  const spoils = () => faults.bite(['expired-triggers'], { name: null, channel: null }) !== undefined;
  return {
    ...shared,
    workspace: new Workspace(seed, now(), keeper),
    messages: new Messages(now, keeper),
    views: new Views(now, keeper),
    files: new Files(now, keeper),
    suggestions: new Suggestions(),
    triggers: new Triggers(now, spoils),
    responseUrls: new ResponseUrls(now),
    journal: new Journal(now, [botToken, appToken, signingSecret]),
    faults,
    holds: new Holds(now),
    rates: new Rates(now, pace),
    scopes: new Scopes(manifest.oauth_config.scopes.bot),
    newBlockId: () => randomBytes(4).toString('base64url').slice(0, 5),
  };
}
