import { createHmac } from 'node:crypto';
import type { DestinationStream } from 'pino';
import { Temporal } from 'temporal-polyfill';
import { type RunningApp, startApp } from '../../src/app.ts';
import { readYaml } from '../../src/cli/cairn-file/yaml.ts';
import { importFile } from '../../src/cli/import.ts';
import { apiPath } from '../../src/features/api/core/endpoints.ts';
import type { Reader } from '../../src/features/numbers/reader.ts';
import { webhookPath } from '../../src/features/numbers/webhook.ts';
import { turnCompanyClock } from '../../src/platform/db/company-time.ts';
import type { Database } from '../../src/platform/db/database.ts';
import { type HttpServer, listen } from '../../src/platform/http-server.ts';
import { createLog } from '../../src/platform/log.ts';
import { unlimited } from '../delivery/support.ts';
import { createTestDatabase, insertWorkspace } from './database.ts';
import type { FakeSlackClient, PersonClient } from './fake-slack/client.ts';
import {
  type FakeSlackServer,
  type FakeSlackServerOptions,
  startFakeSlackServer,
} from './fake-slack/server.ts';

/** The running app, on a database of its own, connected to a fake of Slack over HTTP. */
export type TestCairn = {
  db: Database;
  workspaceId: string;
  slack: FakeSlackClient;
  fake: FakeSlackServer;
  app: RunningApp;
  as(person: string): PersonClient;
  /** Lines of the log so far. */
  logged(): string[];
  /** Turns the company's clock forward, through what is due on the way. */
  turnTo(instant: string): Promise<void>;
  /** Sends a body to Cairn as Slack would, signed unless told otherwise. */
  post(body: string, options?: PostOptions): Promise<Response>;
  url: string;
  close(): Promise<void>;
};

export type PostOptions = { contentType?: string; timestamp?: number; secret?: string };

/** A Friday noon in Berlin, before the first check-in of the small company. */
export const friday = '2026-11-20T12:00:00+01:00';

/** The people and channels of the fake's small workspace, with something to own, to measure and to ask about. */
export const smallCompany = `
version: 1
people:
  ana: { email: ana@test.example }
  ben: { email: ben@test.example }
  chi: { email: chi@test.example }
teams:
  - { key: checkout, name: Checkout, lead: chi, channel: "#payments" }
rocks:
  - key: payments
    name: Payments
    summary: Cards, wallets and payouts.
    aliases: [billing, psp]
    owner: ana
    backups: [chi]
    team: checkout
    channel: "#payments"
    links:
      - { label: Dashboard, url: "https://bi.test.example/payments" }
      - { label: Runbook, url: "https://run.test.example/payments" }
  - { key: refunds, name: Refunds, owner: ana, team: checkout }
  - { key: payment-partners, name: Payment partners, owner: ben }
  - { key: pricing, name: Pricing, type: activity }
cycles: [{ key: 2026-Q4, starts: 2026-10-01, ends: 2026-12-31 }]
objectives:
  - key: reliable
    title: Checkout that just works
    owner: ana
    team: checkout
    cycle: 2026-Q4
    key_results:
      - { key: failed-rate, title: Failed payment rate, owner: ana, type: percent, start: 4.2, target: 2, current: 3.1, commitment: committed }
      - { key: refund-days, title: Days to refund, owner: ben, type: number, unit: days, start: 6, target: 2, current: 5, commitment: aspirational }
cadences:
  - { key: weekly-okr, ritual: okr-check-in, channel: "#payments", schedule: "0 9 * * MON", timezone: Europe/Berlin, teams: [checkout], cycle: current, state: active }
`;

/** Starts Cairn with the small company, at the Friday noon; `close` in `afterAll`. */
export async function startCairn(
  options: { company?: string; at?: string; fake?: FakeSlackServerOptions; reader?: Reader } = {},
): Promise<TestCairn> {
  const database = await createTestDatabase();
  const fake = await startFakeSlackServer(options.fake);
  const workspaceId = await insertWorkspace(database.db, { id: 'T0CAIRN', timezone: 'Europe/Berlin' });
  await turnCompanyClock(database.db, workspaceId, Temporal.Instant.from(options.at ?? friday));
  await importCompany(database.db, workspaceId, options.company ?? smallCompany);

  const lines: string[] = [];
  const destination: DestinationStream = { write: (line) => void lines.push(line) };
  const app = await startApp({
    db: database.db,
    slack: { mode: 'http', botToken: fake.botToken, signingSecret: fake.signingSecret, apiUrl: fake.apiUrl },
    timezone: 'Europe/Berlin',
    limits: unlimited,
    ...(options.reader === undefined ? {} : { reader: options.reader }),
    log: createLog('debug', [fake.signingSecret], destination),
  });
  fake.slack.useClock(app.clock);
  const below = new Map([
    [webhookPath, app.handleNumber],
    [apiPath, app.handleApi],
  ]);
  const http: HttpServer = await listen('127.0.0.1', 0, { exact: new Map(), below, otherwise: app.handle });
  const url = `http://127.0.0.1:${http.port}/slack/events`;
  fake.setRequestUrl(url);

  return {
    db: database.db,
    workspaceId,
    slack: fake.client,
    fake,
    app,
    url,
    as: fake.client.as,
    logged: () => lines,
    async turnTo(instant) {
      const turned = await app.clock.turnTo(new Date(Temporal.Instant.from(instant).epochMilliseconds));
      if (!turned.ok) throw new Error(turned.words);
    },
    post: (body, given = {}) => postSigned(url, body, { secret: fake.signingSecret, ...given }),
    async close() {
      await http.close();
      await app.stop();
      await fake.close();
      await database.close();
    },
  };
}

async function importCompany(db: Database, workspaceId: string, text: string): Promise<void> {
  const yaml = readYaml(text);
  if (!yaml.ok) throw new Error(yaml.problems.map(({ line, words }) => `${line}: ${words}`).join('\n'));
  const outcome = await importFile(db, yaml.file, {
    workspace: { id: workspaceId, name: 'Test company', isNew: false },
    timezone: 'Europe/Berlin',
    dryRun: false,
    overwrite: false,
  });
  if (outcome.kind === 'refused') throw new Error(outcome.findings.map(({ words }) => words).join('\n'));
}

/** Slack's signature, made here once more by its documentation, so that Cairn's check is not checked by itself. */
export async function postSigned(
  url: string,
  body: string,
  options: PostOptions & { secret: string },
): Promise<Response> {
  const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', options.secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': options.contentType ?? 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${signature}`,
    },
  });
}

/** The words on a message's buttons, in order. */
export function buttonsOf(message: { blocks?: readonly object[] } | undefined): string[] {
  return (message?.blocks ?? []).flatMap((block) => {
    const elements = 'elements' in block && Array.isArray(block.elements) ? block.elements : [];
    const accessory = 'accessory' in block ? [block.accessory] : [];
    return [...elements, ...accessory].flatMap((element: { type?: string; text?: { text?: string } }) =>
      element.type === 'button' ? [element.text?.text ?? ''] : [],
    );
  });
}
