import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';
import { afterEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { isMigrated, migrate } from '../../../src/platform/db/migrate.ts';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase | undefined;
afterEach(async () => {
  await database?.close();
  database = undefined;
});

async function emptyDatabase(): Promise<TestDatabase> {
  database = await createEmptyDatabase();
  return database;
}

const makes = (table: string): Migration => ({
  up: async (db) => {
    await sql`create table ${sql.table(table)} (id int)`.execute(db);
  },
});
const provider = (...names: string[]): MigrationProvider => ({
  getMigrations: async () => Object.fromEntries(names.map((name) => [name, makes(`made_by_${name}`)])),
});

async function tablesOf(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = 'public' and tablename like 'made_by_%' order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

test('an empty database is not migrated, and is afterwards', async () => {
  const { db } = await emptyDatabase();
  expect(await isMigrated(db)).toBe(false);
  const ran = await migrate(db);
  expect(ran[0]).toMatch(/_people$/);
  expect(ran).toEqual(ran.toSorted());
  expect(await isMigrated(db)).toBe(true);
});

test('a second time it does nothing', async () => {
  const { db } = await emptyDatabase();
  await migrate(db);
  expect(await migrate(db)).toEqual([]);
});

test('of ten replicas that start at once one migrates and the others wait for it', async () => {
  const { url } = await emptyDatabase();
  const replicas = Array.from({ length: 10 }, () => openDatabase(url, { connections: 2 }));
  try {
    const ran = await Promise.all(
      replicas.map(async (db) => {
        const names = await migrate(db);
        return { names, isDone: await isMigrated(db) };
      }),
    );
    expect(ran.filter(({ names }) => names.length > 0)).toHaveLength(1);
    expect(ran.every(({ isDone }) => isDone)).toBe(true);
  } finally {
    await Promise.all(replicas.map((db) => db.destroy()));
  }
});

test('processes that start at once all find the schema whole', async () => {
  const { url, db } = await emptyDatabase();
  const root = join(import.meta.dirname, '../../..');
  const script = `
    import { openDatabase } from './src/platform/db/database.ts';
    import { isMigrated, migrate } from './src/platform/db/migrate.ts';
    const db = openDatabase(process.argv[1]);
    const ran = await migrate(db);
    console.log(JSON.stringify({ ran: ran.length, isDone: await isMigrated(db) }));
    await db.destroy();`;
  const outputs = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const args = ['--input-type=module-typescript', '-e', script, url];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
      return JSON.parse(stdout) as { ran: number; isDone: boolean };
    }),
  );
  expect(outputs.filter(({ ran }) => ran > 0)).toHaveLength(1);
  expect(outputs.every(({ isDone }) => isDone)).toBe(true);
  expect(await isMigrated(db)).toBe(true);
});

test('a new migration is run on what is there', async () => {
  const { db } = await emptyDatabase();
  await migrate(db, provider('1'));
  expect(await isMigrated(db, provider('1', '2'))).toBe(false);
  expect(await migrate(db, provider('1', '2'))).toEqual(['2']);
  expect(await tablesOf(db)).toEqual(['made_by_1', 'made_by_2']);
});

test('one that had to stand between those that landed is run where they all ran before, too', async () => {
  const { db } = await emptyDatabase();
  await migrate(db, provider('1', '3'));
  expect(await isMigrated(db, provider('1', '2', '3'))).toBe(false);
  expect(await migrate(db, provider('1', '2', '3'))).toEqual(['2']);
  expect(await isMigrated(db, provider('1', '2', '3'))).toBe(true);
});

test('every table can be given a column with a default: no function keeps its row in an expression', async () => {
  const { db } = await emptyDatabase();
  await migrate(db);
  // Those releases of PostgreSQL that refuse it say so of any such function; the others are asked here.
  const { rows } = await sql<{ name: string }>`
    select p.oid::regprocedure::text as name from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.prosqlbody is not null and exists (
      select from unnest(p.proargtypes) argument join pg_type t on t.oid = argument where t.typtype = 'c')`.execute(
    db,
  );
  expect(rows).toEqual([]);
});

test('a schema newer than the code is left alone and counts as migrated', async () => {
  const { db } = await emptyDatabase();
  await migrate(db, provider('1', '2'));
  expect(await isMigrated(db, provider('1'))).toBe(true);
  expect(await migrate(db, provider('1'))).toEqual([]);
  expect(await tablesOf(db)).toEqual(['made_by_1', 'made_by_2']);
});

test('a migration that fails leaves nothing behind, and says what went wrong', async () => {
  const { db } = await emptyDatabase();
  const failing: MigrationProvider = {
    getMigrations: async () => ({
      1: makes('made_by_1'),
      2: {
        up: async () => {
          throw new Error('no room for this table');
        },
      },
    }),
  };
  await expect(migrate(db, failing)).rejects.toThrow('no room for this table');
  expect(await tablesOf(db)).toEqual([]);
  expect(await isMigrated(db, failing)).toBe(false);
});
