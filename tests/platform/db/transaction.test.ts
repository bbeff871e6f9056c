import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Tx } from '../../../src/platform/db/database.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

let first: string;
let second: string;
beforeEach(async () => {
  first = await insertWorkspace(database.db, { name: 'before' });
  second = await insertWorkspace(database.db, { name: 'before' });
});

async function nameOf(id: string): Promise<string> {
  const row = await database.db
    .selectFrom('workspaces')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return row.name;
}

async function rename(tx: Tx, id: string, name: string): Promise<void> {
  await tx.updateTable('workspaces').set({ name }).where('id', '=', id).execute();
}

test('what the work returns is committed', async () => {
  const returned = await inTransaction(database.db, async (tx) => {
    await rename(tx, first, 'after');
    return 42;
  });
  expect(returned).toBe(42);
  expect(await nameOf(first)).toBe('after');
});

test('what the work throws takes everything back', async () => {
  const work = inTransaction(database.db, async (tx) => {
    await rename(tx, first, 'after');
    throw new Error('on second thought');
  });
  await expect(work).rejects.toThrow('on second thought');
  expect(await nameOf(first)).toBe('before');
});

test('of two that lock each other out both come through, the second on a later try', async () => {
  let tries = 0;
  let holders = 0;
  let bothHold: () => void = () => {};
  const untilBothHold = new Promise<void>((resolve) => {
    bothHold = resolve;
  });
  const crossing = async (one: string, other: string, name: string): Promise<void> => {
    await inTransaction(database.db, async (tx) => {
      tries += 1;
      await rename(tx, one, name);
      holders += 1;
      if (holders === 2) bothHold();
      await untilBothHold;
      await rename(tx, other, name);
    });
  };
  await Promise.all([crossing(first, second, 'a'), crossing(second, first, 'b')]);
  // Whoever is tried again at once may meet the other a second time.
  expect(tries).toBeGreaterThan(2);
  // Whoever was tried again came last, and with all of its work.
  expect(await nameOf(first)).toBe(await nameOf(second));
});

test('a serialisation failure is tried again', async () => {
  let tries = 0;
  const total = await inTransaction(database.db, async (tx) => {
    tries += 1;
    await sql`set transaction isolation level repeatable read`.execute(tx);
    await sql`select name from workspaces where id = ${first}`.execute(tx);
    if (tries === 1) {
      await database.db.updateTable('workspaces').set({ name: 'theirs' }).where('id', '=', first).execute();
    }
    await sql`update workspaces set name = name || ', then ours' where id = ${first}`.execute(tx);
    return tries;
  });
  expect(total).toBe(2);
  expect(await nameOf(first)).toBe('theirs, then ours');
});

test('what fails for timing time and again is given up after three tries', async () => {
  let tries = 0;
  const work = inTransaction(database.db, async (tx) => {
    tries += 1;
    await sql`do $$ begin raise exception 'crossed' using errcode = '40P01'; end $$`.execute(tx);
  });
  await expect(work).rejects.toThrow('crossed');
  expect(tries).toBe(3);
});

test('any other failure of the database is not tried again', async () => {
  let tries = 0;
  const work = inTransaction(database.db, async (tx) => {
    tries += 1;
    await sql`select 1 / 0`.execute(tx);
  });
  await expect(work).rejects.toThrow('division by zero');
  expect(tries).toBe(1);
});

test('a statement that takes longer than it may is stopped', async () => {
  const slow = inTransaction(database.db, async (tx) => sql`select pg_sleep(20)`.execute(tx), {
    timeoutMs: 50,
  });
  await expect(slow).rejects.toThrow('statement timeout');
});

test('work whose statements are each in time but not together is rolled back', async () => {
  const slow = inTransaction(
    database.db,
    async (tx) => {
      await rename(tx, first, 'too late');
      for (let part = 0; part < 4; part += 1) await sql`select pg_sleep(0.1)`.execute(tx);
    },
    { timeoutMs: 250 },
  );
  await expect(slow).rejects.toThrow(/the work took \d+ ms and may take 250 ms/);
  expect(await nameOf(first)).not.toBe('too late');
});

test('the time for a lock that somebody else holds is bounded too, and nothing is kept', async () => {
  await inTransaction(database.db, async (holder) => {
    await rename(holder, first, 'held');
    const waiting = inTransaction(
      database.db,
      async (tx) => {
        await rename(tx, second, 'after');
        await rename(tx, first, 'after');
      },
      { timeoutMs: 50 },
    );
    await expect(waiting).rejects.toThrow('statement timeout');
  });
  expect(await nameOf(first)).toBe('held');
  expect(await nameOf(second)).toBe('before');
});

test('the bound ends with the transaction', async () => {
  const pid = await database.db.connection().execute(async (connection) => {
    await inTransaction(connection, async (tx) => sql`select 1`.execute(tx), { timeoutMs: 50 });
    const { rows } = await sql<{ bound: string }>`
      select current_setting('statement_timeout') as bound`.execute(connection);
    return rows[0]?.bound;
  });
  expect(pid).toBe('0');
});

test('a connection that breaks fails the work on it, and neither the process nor what comes after', async () => {
  const work = inTransaction(database.db, async (tx) => {
    await rename(tx, first, 'after');
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
  });
  await expect(work).rejects.toThrow();
  expect(await nameOf(first)).toBe('before');
});
