import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startFakeSlackServer } from '../support/fake-slack/server.ts';
import { freePort, runCairn, startProcess } from '../support/process.ts';

const withTokens = { SLACK_BOT_TOKEN: 'xoxb-not-a-token', SLACK_SIGNING_SECRET: 'secret-of-the-app' };

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-process-'));
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a start without any configuration', () => {
  it('is ready with the sample company, keeps its data, and stops with status 0', async () => {
    const env = { CAIRN_DATA_DIR: join(folder, 'fresh') };
    const first = await startProcess(env);
    await first.ready();
    const base = `http://127.0.0.1:${first.port}`;
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
    expect((await fetch(`${base}/api/v1/rocks`)).status).toBe(401);
    expect(await (await fetch(base)).text()).toContain('<title>');
    expect(first.output()).toContain(`Cairn's playground: http://localhost:${first.port}`);

    const refused = await startProcess(env);
    expect(await refused.ended()).toBe(1);
    expect(refused.output()).toContain(`Another Cairn bot is running on ${env.CAIRN_DATA_DIR}`);
    expect(refused.output()).not.toContain('    at ');

    await writeFile(join(folder, 'more.yaml'), 'version: 1\nrocks: [{ key: kites, name: Kites }]\n');
    const imported = await runCairn(['import', join(folder, 'more.yaml')], env);
    expect(imported).toMatchObject({ status: 0, output: expect.stringContaining('rocks: 1 added') });
    expect((await fetch(`${base}/readyz`)).status).toBe(200);

    first.signal('SIGTERM');
    expect(await first.ended()).toBe(0);

    const second = await startProcess(env);
    await second.ready();
    const again = await runCairn(['import', join(folder, 'more.yaml')], env);
    expect(again.output).toContain('rocks: 0 added, 0 changed, 1 unchanged');
  });
});

describe('a start that cannot succeed', () => {
  it('says in one line that the port is in use', async () => {
    const port = await freePort();
    const other = createServer().listen(port, '127.0.0.1');
    const cairn = await startProcess({ PORT: String(port), DATABASE_URL: database.url });
    expect(await cairn.ended()).toBe(1);
    other.close();
    expect(cairn.output().trim()).toBe(
      `Port ${port} on 127.0.0.1 is in use. Stop what uses it, or set PORT to another one.`,
    );
  });

  it('says in one line that the database cannot be reached, and does not print its password', async () => {
    const port = await freePort();
    const cairn = await startProcess({
      DATABASE_URL: `postgres://cairn:very-secret@127.0.0.1:${port}/cairn`,
    });
    expect(await cairn.ended()).toBe(1);
    expect(cairn.output().trim()).toMatch(
      /^The database cannot be reached \(connect ECONNREFUSED 127\.0\.0\.1:\d+\)\. Check DATABASE_URL and that PostgreSQL is running\.$/,
    );
    expect(cairn.output()).not.toContain('very-secret');
  });

  it('prints every problem of the configuration, a line each', async () => {
    const cairn = await startProcess({ SLACK_BOT_TOKEN: 'xoxb-1', PORT: '99999', LOG_LEVEL: 'loud' });
    expect(await cairn.ended()).toBe(1);
    expect(cairn.output().trim().split('\n')).toEqual([
      'PORT must be a number from 0 to 65535',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent',
      'SLACK_BOT_TOKEN is set, so SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) must be set too',
    ]);
  });

  it('says that Slack cannot be reached', async () => {
    const port = await freePort();
    const cairn = await startProcess({
      ...withTokens,
      DATABASE_URL: database.url,
      SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
    });
    expect(await cairn.ended()).toBe(1);
    expect(cairn.output()).toMatch(
      /^Slack could not be reached \(.*\)\. Check the network, and SLACK_API_URL if it is set\.$/m,
    );
  });

  it('says that Slack does not know the token', async () => {
    const fake = await startFakeSlackServer();
    const cairn = await startProcess({
      DATABASE_URL: database.url,
      SLACK_BOT_TOKEN: 'xoxb-nobody-knows-this',
      SLACK_SIGNING_SECRET: 'secret-of-the-app',
      SLACK_API_URL: fake.apiUrl,
    });
    expect(await cairn.ended()).toBe(1);
    await fake.close();
    expect(cairn.output().trim()).toBe(
      'Slack did not accept SLACK_BOT_TOKEN (An API error occurred: invalid_auth).',
    );
  });

  it('says that Slack does not open a socket for the app token', async () => {
    const fake = await startFakeSlackServer();
    const cairn = await startProcess({
      DATABASE_URL: database.url,
      HOST: '127.0.0.1',
      SLACK_BOT_TOKEN: fake.botToken,
      SLACK_APP_TOKEN: 'xapp-nobody-knows-this',
      SLACK_API_URL: fake.apiUrl,
    });
    expect(await cairn.ended()).toBe(1);
    await fake.close();
    expect(cairn.output()).toMatch(
      /^Slack did not open the socket \(.*\)\. Check SLACK_APP_TOKEN and that Socket Mode is on\.$/m,
    );
    expect(cairn.output()).not.toContain('    at ');
  });

  it('says that a .env cannot be read', async () => {
    await mkdir(join(folder, 'cwd', '.env'), { recursive: true });
    const cairn = await startProcess({ DATABASE_URL: database.url }, { cwd: join(folder, 'cwd') });
    expect(await cairn.ended()).toBe(1);
    expect(cairn.output().trim()).toMatch(
      /^\.env cannot be read \(\w+\): it must be a text file that this user may read$/,
    );
  });
});

describe('a start with Slack tokens', () => {
  it('has no playground: no page, no control API', async () => {
    const fake = await startFakeSlackServer();
    const cairn = await startProcess({
      DATABASE_URL: database.url,
      HOST: '127.0.0.1',
      SLACK_BOT_TOKEN: fake.botToken,
      SLACK_SIGNING_SECRET: fake.signingSecret,
      SLACK_API_URL: fake.apiUrl,
    });
    await cairn.ready();
    for (const path of ['/', '/_fake/state?as=ana', '/api/auth.test']) {
      expect((await fetch(`http://127.0.0.1:${cairn.port}${path}`)).status).toBe(404);
    }
    fake.setRequestUrl(`http://127.0.0.1:${cairn.port}/slack/events`);
    await fake.client.as('ana').command('/owner help', { in: 'general' });
    expect((await fake.client.as('ana').ephemerals('general')).at(-1)?.text).toContain('/owner payments');
    cairn.signal('SIGTERM');
    expect(await cairn.ended()).toBe(0);
    expect(cairn.output()).not.toContain(fake.botToken);
    await fake.close();
  });
});
