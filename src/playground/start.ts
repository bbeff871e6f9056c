import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFakeSlack, type FakeSlack, type FakeSlackOptions } from './fake-slack/fake-slack.ts';
import { parseManifest } from './fake-slack/manifest.ts';
import { parseSeed } from './fake-slack/seed.ts';
import type { Company } from './fake-slack/state/workspace.ts';
import type { World } from './fake-slack/world.ts';
import { createPageServer } from './page-server.ts';

export type PlaygroundOptions = {
  /** where Cairn itself listens, on loopback: the fake lives on the same port */
  port: number;
  /** holds slack.yaml; absent: the sample company that comes with Cairn */
  sampleDir?: string;
  /** absent: nothing outlives the process */
  memory?: FakeSlackOptions['memory'];
};

export type Playground = {
  /** what Cairn needs to take the fake for Slack; apiUrl ends in /api/ */
  slack: { botToken: string; signingSecret: string; apiUrl: string };
  useClock: FakeSlack['useClock'];
  useBeginning: FakeSlack['useBeginning'];
  /** the fake of Slack anew, for this company */
  reset(company: Company): void;
  /** true when the request was for the page, the control API or the fake's Web API */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  /** the workspace as it is now */
  world(): World;
  close(): Promise<void>;
};

const bundledSample = fileURLToPath(new URL('./sample/', import.meta.url));
const manifestFile = fileURLToPath(new URL('../../manifest.yml', import.meta.url));

/** The fake of Slack and its page, for a start without Slack tokens. Its secrets are new at every start. */
export async function createPlayground(options: PlaygroundOptions): Promise<Playground> {
  const [seed, manifest] = await Promise.all([
    readFile(join(options.sampleDir ?? bundledSample, 'slack.yaml'), 'utf8').then(parseSeed),
    readFile(manifestFile, 'utf8').then(parseManifest),
  ]);
  const servePage = createPageServer();
  const base = `http://127.0.0.1:${options.port}`;
  const botToken = `xoxb-playground-${randomBytes(12).toString('hex')}`;
  const signingSecret = randomBytes(16).toString('hex');
  const fake = createFakeSlack({
    seed,
    manifest,
    requestUrl: `${base}/slack/events`,
    signingSecret,
    botToken,
    publicUrl: () => base,
    ...(options.memory === undefined ? {} : { memory: options.memory }),
  });
  return {
    slack: { botToken, signingSecret, apiUrl: `${base}/api/` },
    useClock: (clock) => fake.useClock(clock),
    useBeginning: (begin) => fake.useBeginning(begin),
    reset: (company) => fake.reset(company),
    handle: (req, res) => fake.handle(req, res) || servePage(req, res),
    world: () => fake.world(),
    close: () => fake.close(),
  };
}
