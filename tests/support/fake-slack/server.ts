import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import {
  createFakeSlack,
  type FakeSlack,
  type FakeSlackOptions,
} from '../../../src/playground/fake-slack/fake-slack.ts';
import { type AppManifest, parseManifest } from '../../../src/playground/fake-slack/manifest.ts';
import { completeSeed, type SeedInput } from '../../../src/playground/fake-slack/seed.ts';
import { createPageServer } from '../../../src/playground/page-server.ts';
import { createFakeSlackClient, type FakeSlackClient } from './client.ts';

export type FakeSlackServer = {
  /** the same control API over HTTP */
  client: FakeSlackClient;
  /** the fake itself, in this process */
  slack: FakeSlack;
  url: string;
  /** ends in /api/ */
  apiUrl: string;
  botToken: string;
  /** for Socket Mode, which the manifest has to switch on */
  appToken: string;
  signingSecret: string;
  setRequestUrl(url: string): void;
  close(): Promise<void>;
};

export type FakeSlackServerOptions = Partial<
  Pick<FakeSlackOptions, 'requestUrl' | 'now' | 'clock' | 'waiting' | 'random' | 'memory' | 'pace'>
> & {
  seed?: SeedInput;
  /** serves the playground's page too, for tests in a browser */
  page?: boolean;
  /** adds to or replaces what manifest.yml says */
  manifest?: (manifest: AppManifest) => AppManifest;
};

/** Four people and four channels: enough to ask, answer and be refused. */
export const smallWorkspace: SeedInput = {
  team: { id: 'T0CAIRN', name: 'Test company', domain: 'test-company' },
  bot: { user_id: 'U0CAIRN', bot_id: 'B0CAIRN', app_id: 'A0CAIRN', name: 'Cairn' },
  users: [
    { id: 'U0ANA', name: 'ana', real_name: 'Ana Silva', email: 'ana@test.example', tz: 'Europe/Copenhagen' },
    { id: 'U0BEN', name: 'ben', real_name: 'Ben Okafor', email: 'ben@test.example', tz: 'America/New_York' },
    { id: 'U0CHI', name: 'chi', real_name: 'Chi Tanaka', email: 'chi@test.example', is_admin: true },
    { id: 'U0GUEST', name: 'gus', real_name: 'Gus Guest', is_restricted: true },
  ],
  channels: [
    { id: 'C0GENERAL', name: 'general', members: 'all' },
    { id: 'C0PAYMENTS', name: 'payments', members: ['ana', 'ben', 'gus'] },
    { id: 'C0RANDOM', name: 'random', members: ['ana', 'ben'], bot: false },
    { id: 'G0SECRET', name: 'secret', members: ['chi'], bot: false, is_private: true },
  ],
};

/** Switches Socket Mode on, as an operator does in the manifest. */
export function withSocketMode(manifest: AppManifest): AppManifest {
  return { ...manifest, settings: { ...manifest.settings, socket_mode_enabled: true } };
}

/** The fake on a free loopback port of its own, with the manifest of this repository. */
export async function startFakeSlackServer(options: FakeSlackServerOptions = {}): Promise<FakeSlackServer> {
  const { seed = smallWorkspace, manifest = (it) => it, page = false, ...rest } = options;
  const servePage = page ? createPageServer() : () => false;
  const shipped = parseManifest(await readFile(new URL('../../../manifest.yml', import.meta.url), 'utf8'));
  const botToken = 'xoxb-fake-bot-token';
  const appToken = 'xapp-1-fake-app-token';
  const signingSecret = 'fake-signing-secret';
  let url = '';
  const slack = createFakeSlack({
    requestUrl: 'http://127.0.0.1:9/slack/events',
    ...rest,
    seed: completeSeed(seed),
    manifest: manifest(shipped),
    signingSecret,
    botToken,
    appToken,
    publicUrl: () => url,
  });
  const server = createServer((req, res) => {
    if (!slack.handle(req, res) && !servePage(req, res)) res.writeHead(404).end();
  });
  server.on('upgrade', (req, socket, head) => {
    if (!slack.upgrade(req, socket, head)) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake has no port');
  url = `http://127.0.0.1:${address.port}`;
  return {
    client: createFakeSlackClient(url),
    slack,
    url,
    apiUrl: `${url}/api/`,
    botToken,
    appToken,
    signingSecret,
    setRequestUrl: (to) => slack.setRequestUrl(to),
    async close() {
      await slack.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
