import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/db/database.ts';
import { databaseUrl, onServer } from './server.ts';

export type TestDatabase = { db: Database; url: string; close(): Promise<void> };

/**
 * A database of the test file's own, cloned from the run's migrated template, so that files run side by side
 * and never see each other's rows. `close` in `afterAll`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  return await create('migrated');
}

/** The same without any table, for tests of migrating itself. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return await create('empty');
}

/** A workspace to put rows into. Returns its id. */
export async function insertWorkspace(
  db: Database,
  given: { id?: string; name?: string; timezone?: string } = {},
): Promise<string> {
  const id = given.id ?? `T${randomBytes(5).toString('hex').toUpperCase()}`;
  const { name = 'Acme', timezone = 'UTC' } = given;
  await db.insertInto('workspaces').values({ id, name, timezone }).execute();
  return id;
}

async function create(kind: 'migrated' | 'empty'): Promise<TestDatabase> {
  const { url: serverUrl, run, template } = inject('postgres');
  const name = `${run}_${randomBytes(6).toString('hex')}`;
  const from = kind === 'migrated' ? template : 'template0';
  await onServer(serverUrl, (client) =>
    client.query(`create database ${name} template ${from} strategy file_copy`),
  );

  const url = databaseUrl(serverUrl, name);
  const db = openDatabase(url);
  return {
    db,
    url,
    async close() {
      await db.destroy();
      await onServer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
