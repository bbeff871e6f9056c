import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/platform/db/database.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { databaseUrl, onServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's server, its name for databases, and the migrated one that each test file clones. */
    postgres: { url: string; run: string; template: string };
  }
}

type Server = { url: string; close(): Promise<void> };

/** Tests lose nothing that a restart would have to bring back, so the server need not wait for the disk. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/** One PostgreSQL for the whole run, with a migrated template; afterwards nothing of the run is left. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const run = `cairn_test_${process.pid}_${Date.now().toString(36)}`;
  const template = `${run}_template`;
  const teardown = async (): Promise<void> => {
    await dropDatabases(server.url, run);
    await server.close();
  };
  try {
    await onServer(server.url, (client) => client.query(`create database ${template}`));
    const db = openDatabase(databaseUrl(server.url, template));
    try {
      await migrate(db);
    } finally {
      await db.destroy();
    }
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('postgres', { url: server.url, run, template });
  return teardown;
}

/** The server of CAIRN_TEST_DATABASE_URL (a superuser's address), else an embedded one for this run alone. */
async function openServer(): Promise<Server> {
  const given = process.env['CAIRN_TEST_DATABASE_URL'];
  if (given !== undefined && given !== '') return { url: given, close: async () => {} };

  const { openEmbeddedPostgres } = await import('../../src/platform/postgres/embedded.ts');
  const dataDir = await mkdtemp(join(tmpdir(), 'cairn-test-'));
  const server = await openEmbeddedPostgres({ dataDir, role: 'bot', settings });
  return {
    url: server.connectionString,
    async close() {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function dropDatabases(url: string, run: string): Promise<void> {
  await onServer(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'select datname as name from pg_database where starts_with(datname, $1)',
      [run],
    );
    for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
  });
}
