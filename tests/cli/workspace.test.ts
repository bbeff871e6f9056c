import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { cairn, type Run } from './cairn.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-workspace-'));
  await writeFile(join(folder, 'a.yaml'), 'version: 1\npeople:\n  ana: { email: ana@acme.example }\n');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await database.close();
});

async function importInto(options: string[], env: Record<string, string> = {}): Promise<Run> {
  return await cairn(['import', join(folder, 'a.yaml'), ...options], { DATABASE_URL: database.url, ...env });
}

async function workspaces(): Promise<{ id: string; name: string; timezone: string }[]> {
  return await database.db
    .selectFrom('workspaces')
    .select(['id', 'name', 'timezone'])
    .orderBy('id')
    .execute();
}

test("none yet and no tokens: the playground's, in the zone of CAIRN_TIMEZONE", async () => {
  const run = await importInto([], { CAIRN_TIMEZONE: 'Europe/Berlin' });
  expect(run.status).toBe(0);
  expect(await workspaces()).toEqual([{ id: 'T0CAIRN', name: 'Playground', timezone: 'Europe/Berlin' }]);
});

test('the only one is taken, and its name and zone stay', async () => {
  await insertWorkspace(database.db, { id: 'T1', name: 'Acme', timezone: 'Asia/Tokyo' });
  const run = await importInto([]);
  expect(run.out.at(-1)).toContain('is imported into Acme (T1).');
  expect(await workspaces()).toEqual([{ id: 'T1', name: 'Acme', timezone: 'Asia/Tokyo' }]);
});

test('several and none named is refused, with the list', async () => {
  await insertWorkspace(database.db, { id: 'T1', name: 'Acme' });
  await insertWorkspace(database.db, { id: 'T2', name: 'Beta' });
  expect(await importInto([])).toEqual({
    status: 1,
    out: [],
    err: ['There are several workspaces; choose one with --workspace: T1 (Acme), T2 (Beta).'],
  });
});

test('the named one is taken, and one workspace does not see the other', async () => {
  await insertWorkspace(database.db, { id: 'T1', name: 'Acme' });
  await insertWorkspace(database.db, { id: 'T2', name: 'Beta' });
  for (const id of ['T1', 'T2']) {
    const run = await importInto(['--workspace', id]);
    expect(run.out[0]).toBe('people: 1 added, 0 changed, 0 unchanged');
  }
  const people = await database.db
    .selectFrom('people')
    .select(['workspace_id', 'handle'])
    .orderBy('id')
    .execute();
  expect(people).toEqual([
    { workspace_id: 'T1', handle: 'ana' },
    { workspace_id: 'T2', handle: 'ana' },
  ]);
});

test('one that is not there is refused, with the list', async () => {
  await insertWorkspace(database.db, { id: 'T1', name: 'Acme' });
  expect(await importInto(['--workspace', 'T9'])).toEqual({
    status: 1,
    out: [],
    err: ['There is no workspace "T9" here; there is T1 (Acme).'],
  });
});

describe('with Slack tokens', () => {
  let server: Server;
  let answer: object;
  let env: Record<string, string>;
  beforeAll(async () => {
    server = createServer((_req, res) => {
      res.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const slack = `http://127.0.0.1:${portOf(server)}/api/`;
    env = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's',
      SLACK_API_URL: slack,
      CAIRN_TIMEZONE: 'Asia/Tokyo',
    };
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test("none yet: Slack is asked whose the token is, and that workspace's row is made", async () => {
    answer = { ok: true, team_id: 'T7', team: 'Acme', user_id: 'U1', bot_id: 'B1' };
    expect((await importInto([], env)).status).toBe(0);
    expect(await workspaces()).toEqual([{ id: 'T7', name: 'Acme', timezone: 'Asia/Tokyo' }]);
  });

  test("the token's workspace is taken, even while the only one here is another", async () => {
    answer = { ok: true, team_id: 'T7', team: 'Acme', user_id: 'U1', bot_id: 'B1' };
    expect((await importInto([])).out.at(-1)).toContain('is imported into Playground (T0CAIRN).');
    expect((await importInto([], env)).out.at(-1)).toContain('is imported into Acme (T7).');
    expect((await workspaces()).map(({ id }) => id)).toEqual(['T0CAIRN', 'T7']);
    const again = await importInto([], env);
    expect(again.out).toEqual([
      'people: 0 added, 0 changed, 1 unchanged',
      expect.stringContaining('is imported into Acme (T7).'),
    ]);
  });

  test("of several the token's is taken, and its name and zone stay", async () => {
    answer = { ok: true, team_id: 'T2', team: 'Beta Inc.', user_id: 'U1', bot_id: 'B1' };
    await insertWorkspace(database.db, { id: 'T1', name: 'Acme' });
    await insertWorkspace(database.db, { id: 'T2', name: 'Beta', timezone: 'Europe/Berlin' });
    expect((await importInto([], env)).out.at(-1)).toContain('is imported into Beta (T2).');
    expect(await workspaces()).toContainEqual({ id: 'T2', name: 'Beta', timezone: 'Europe/Berlin' });
  });

  test("one that is named is taken without asking Slack, or is the token's, or is refused", async () => {
    await insertWorkspace(database.db, { id: 'T1', name: 'Acme' });
    answer = { ok: false, error: 'invalid_auth' };
    expect((await importInto(['--workspace', 'T1'], env)).out.at(-1)).toContain('Acme (T1).');
    answer = { ok: true, team_id: 'T7', team: 'Beta', user_id: 'U1', bot_id: 'B1' };
    expect((await importInto(['--workspace', 'T7'], env)).out.at(-1)).toContain('Beta (T7).');
    expect(await importInto(['--workspace', 'T9'], env)).toEqual({
      status: 1,
      out: [],
      err: ['There is no workspace "T9" here; there is T1 (Acme), T7 (Beta).'],
    });
  });

  test('a token that Slack does not take is one clear line', async () => {
    answer = { ok: false, error: 'invalid_auth' };
    expect(await importInto([], env)).toEqual({
      status: 1,
      out: [],
      err: ['Slack does not take SLACK_BOT_TOKEN (invalid_auth). Check the token.'],
    });
    expect(await workspaces()).toEqual([]);
  });

  test('a Slack that cannot be reached is one clear line', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const port = portOf(closed);
    await new Promise((resolve) => closed.close(resolve));
    expect(await importInto([], { ...env, SLACK_API_URL: `http://127.0.0.1:${port}/api/` })).toEqual({
      status: 1,
      out: [],
      err: ['Slack cannot be asked which workspace SLACK_BOT_TOKEN is for (ECONNREFUSED). Try again later.'],
    });
  });
});

function portOf(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}
