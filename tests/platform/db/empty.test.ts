import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyDatabase, emptyTables } from '../../../src/platform/db/empty.ts';
import { migrate } from '../../../src/platform/db/migrate.ts';
import { playgroundWorkspace } from '../../../src/platform/db/playground-workspace.ts';
import { StartRefusal } from '../../../src/platform/start-refusal.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => database.close());

const countOf = async (what: string) => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.raw(what)}`.execute(database.db);
  return rows[0]?.count;
};

test('takes away whatever is there, in every schema, so that all can be made again', async () => {
  const { db } = database;
  await insertWorkspace(db, playgroundWorkspace);
  await sql`create schema "Some ""odd"" one"`.execute(db);
  await sql`create table "Some ""odd"" one".things (id int)`.execute(db);
  await emptyDatabase(db);
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname !~ '^pg_' order by 1`.execute(db);
  expect(rows.map(({ name }) => name)).toEqual(['information_schema', 'public']);
  expect(await countOf(`pg_tables where schemaname = 'public'`)).toBe(0);
  expect(await migrate(db)).not.toEqual([]);
  expect(await countOf('workspaces')).toBe(0);
});

test('empties what is empty', async () => {
  await emptyDatabase(database.db);
  await emptyDatabase(database.db);
  expect(await countOf(`pg_tables where schemaname = 'public'`)).toBe(0);
});

test('refuses, and leaves all as it is, where a real workspace lives beside the playground', async () => {
  const { db } = database;
  await insertWorkspace(db, playgroundWorkspace);
  await insertWorkspace(db, { id: 'T0ACME', name: 'Acme' });
  await expect(emptyDatabase(db)).rejects.toThrow(
    new StartRefusal(
      'This database holds the workspace Acme (T0ACME), which is no playground, so it is not emptied. Start without --fresh, or with another CAIRN_DATA_DIR.',
    ),
  );
  expect(await countOf('workspaces')).toBe(2);
});

test('refuses while a command is at work, and leaves all as it is', async () => {
  const { db, url } = database;
  const command = new pg.Client({ connectionString: url });
  await command.connect();
  await command.query('begin');
  await command.query('lock table rocks in row exclusive mode');
  await expect(emptyDatabase(db, { patienceMs: 50 })).rejects.toThrow(
    new StartRefusal('A cairn command is at work on this database: start again when it is done.'),
  );
  await command.end();
  expect(await countOf(`pg_tables where schemaname = 'public'`)).toBeGreaterThan(10);
});

test('takes away every row and leaves the schema, for a process that goes on with it', async () => {
  const { db } = database;
  await insertWorkspace(db, playgroundWorkspace);
  const tables = await countOf(`pg_tables where schemaname = 'public'`);
  await emptyTables(db);
  expect(await countOf('workspaces')).toBe(0);
  expect(await countOf(`pg_tables where schemaname = 'public'`)).toBe(tables);
  expect(await migrate(db)).toEqual([]);
});

test('takes away no row of a real workspace, or of what a command is at work on', async () => {
  const { db, url } = database;
  await insertWorkspace(db, playgroundWorkspace);
  const command = new pg.Client({ connectionString: url });
  await command.connect();
  await command.query('begin');
  await command.query('lock table rocks in row exclusive mode');
  await expect(emptyTables(db, { patienceMs: 50 })).rejects.toThrow(
    new StartRefusal('A cairn command is at work on this database: try again when it is done.'),
  );
  await command.end();
  await insertWorkspace(db, { id: 'T0ACME', name: 'Acme' });
  await expect(emptyTables(db)).rejects.toThrow(
    new StartRefusal(
      'This database holds the workspace Acme (T0ACME), which is no playground, so it is not emptied.',
    ),
  );
  expect(await countOf('workspaces')).toBe(2);
});
