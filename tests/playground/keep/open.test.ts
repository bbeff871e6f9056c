import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/platform/db/database.ts';
import { StartRefusal } from '../../../src/platform/start-refusal.ts';
import { openKeeper } from '../../../src/playground/keep/open.ts';
import { openPlayground } from '../../../src/playground/open.ts';
import { keptLog } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

const ignore = () => undefined;

describe('the place where the playground keeps its state', () => {
  it('is not there until a playground is opened', async () => {
    const { rows } = await sql`select 1 from pg_namespace where nspname = 'playground'`.execute(database.db);
    expect(rows).toEqual([]);
  });

  it('is asked for in words where the database’s user may make none', async () => {
    const role = `reader_${randomBytes(6).toString('hex')}`;
    await sql`create role ${sql.id(role)} login password 'x'`.execute(database.db);
    const url = new URL(database.url);
    url.username = role;
    url.password = 'x';
    const db = openDatabase(url.href);
    try {
      await expect(openKeeper(db, ignore)).rejects.toThrow(StartRefusal);
      await expect(openKeeper(db, ignore)).rejects.toThrow(
        /^The playground keeps its state in a schema of its own, which it may not make \(permission denied for database \w+\)\. Give the user of DATABASE_URL the right to create in the database, or unset it\.$/,
      );
    } finally {
      await db.destroy();
      await sql`drop role ${sql.id(role)}`.execute(database.db);
    }
  });

  it('is made once, also by several at the same time', async () => {
    const opened = await Promise.all(
      Array.from({ length: 5 }, async () => await openKeeper(database.db, ignore)),
    );
    expect(opened.map(({ kept }) => kept)).toEqual([[], [], [], [], []]);
  });

  it('gives back what was kept, each thing once and where it was first put', async () => {
    const { keeper } = await openKeeper(database.db, ignore);
    keeper.put('message', 'one', () => ({ text: 'as it was' }));
    keeper.put('message', 'two', () => ({ text: 'second' }));
    await keeper.kept();
    keeper.put('message', 'one', () => ({ text: 'as it is' }));
    keeper.put('user', 'one', () => ({ name: 'ana' }));
    await keeper.kept();
    expect((await openKeeper(database.db, ignore)).kept).toEqual([
      { kind: 'message', key: 'one', value: { text: 'as it is' } },
      { kind: 'message', key: 'two', value: { text: 'second' } },
      { kind: 'user', key: 'one', value: { name: 'ana' } },
    ]);
  });

  it('stops a start in words where it holds what this version cannot read', async () => {
    await expect(openPlayground({ port: 1, db: database.db, log: keptLog().log })).rejects.toThrow(
      new StartRefusal(
        'The playground cannot read what another version of it kept (message one). Begin anew with npm start -- --fresh, or, where DATABASE_URL is set, without the schema playground in it.',
      ),
    );
  });
});
