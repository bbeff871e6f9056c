import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMigrated } from '../../../src/platform/db/open.ts';
import { keptLog } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

test('a connection that breaks while nobody uses it is logged by its reason, without what it was used for', async () => {
  const { log, lines } = keptLog();
  const opened = await openMigrated({ kind: 'url', url: database.url }, 'command', log);
  try {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(opened.db);
    await sql`select pg_terminate_backend(${rows[0]?.pid ?? 0})`.execute(database.db);
    await expect.poll(() => lines.filter(({ msg }) => msg === 'a database connection broke')).toHaveLength(1);
    const [line] = lines.filter(({ msg }) => msg === 'a database connection broke');
    expect(line).toMatchObject({
      reason: 'terminating connection due to administrator command',
      code: '57P01',
    });
    expect(JSON.stringify(line)).not.toContain('pg_backend_pid');
  } finally {
    await opened.close();
  }
});
