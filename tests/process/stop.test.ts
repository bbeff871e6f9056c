import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startFakeSlackServer } from '../support/fake-slack/server.ts';
import { startProcess } from '../support/process.ts';

let folder: string;
let database: TestDatabase;
let playground: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-stop-'));
  [database, playground] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(async () => {
  await Promise.all([database.close(), playground.close()]);
  await rm(folder, { recursive: true, force: true });
});

const hasServer = async (dataDir: string) =>
  (await readdir(join(dataDir, 'postgres')).catch((): string[] => [])).includes('postmaster.pid');

describe('SIGTERM', () => {
  it.each(['listening', 'with a database'])(
    'during the start, %s, ends with 0 and leaves no database running',
    async (when) => {
      const dataDir = join(folder, when.replaceAll(' ', '-'));
      const cairn = await startProcess({ CAIRN_DATA_DIR: dataDir });
      const isAt = async () =>
        when === 'listening'
          ? await fetch(`http://127.0.0.1:${cairn.port}/healthz`).then(
              (response) => response.ok,
              () => false,
            )
          : await hasServer(dataDir);
      await expect.poll(isAt, { interval: 5, timeout: 20_000 }).toBe(true);
      cairn.signal('SIGTERM');
      expect(await cairn.ended()).toBe(0);
      expect(await hasServer(dataDir)).toBe(false);
      expect(cairn.output()).not.toContain('    at ');
      expect(cairn.output()).not.toContain('Cairn is ready');
    },
  );

  it('does not wait for a request whose body never comes', async () => {
    const cairn = await startProcess({ DATABASE_URL: playground.url });
    await cairn.ready();
    const socket = connect(cairn.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const begun = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    socket.write(
      'POST /slack/events HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 10\r\n\r\nhalf',
    );
    // Only a server that has begun with the request says so.
    expect(await begun).toMatch(/^HTTP\/1\.1 100 Continue/);
    const before = performance.now();
    cairn.signal('SIGTERM');
    expect(await cairn.ended()).toBe(0);
    expect(performance.now() - before).toBeLessThan(5_000);
    socket.destroy();
  });

  it('lets the command that is in hand have its answer', async () => {
    const fake = await startFakeSlackServer();
    const cairn = await startProcess({
      DATABASE_URL: database.url,
      HOST: '127.0.0.1',
      SLACK_BOT_TOKEN: fake.botToken,
      SLACK_SIGNING_SECRET: fake.signingSecret,
      SLACK_API_URL: fake.apiUrl,
    });
    await cairn.ready();
    fake.setRequestUrl(`http://127.0.0.1:${cairn.port}/slack/events`);
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    await holder.query('begin');
    await holder.query('lock table rock_names in access exclusive mode');
    const asking = fake.client.as('ana').command('/owner kites', { in: 'general' });
    const waits = async () =>
      (
        await sql`select 1 from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db)
      ).rows.length;
    await expect.poll(waits, { interval: 10, timeout: 15_000 }).toBe(1);
    cairn.signal('SIGTERM');
    await expect.poll(() => cairn.output(), { interval: 10, timeout: 15_000 }).toContain('stopping');
    await holder.query('rollback');
    await holder.end();
    expect(await asking).toMatchObject({ ok: true, status: 200 });
    expect((await fake.client.as('ana').ephemerals('general')).at(-1)?.text).toMatch(
      /^I don't know “kites” yet/,
    );
    expect(await cairn.ended()).toBe(0);
    await fake.close();
  });
});

it('a path that is no address costs its own request alone', async () => {
  const cairn = await startProcess({ DATABASE_URL: playground.url });
  await cairn.ready();
  const socket = connect(cairn.port, '127.0.0.1');
  const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
  socket.write('GET // HTTP/1.1\r\nhost: localhost\r\n\r\n');
  expect(await answer).toMatch(/^HTTP\/1\.1 404/);
  socket.destroy();
  expect((await fetch(`http://127.0.0.1:${cairn.port}/healthz`)).status).toBe(200);
});
