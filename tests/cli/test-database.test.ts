import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMigrated } from '../../src/platform/db/migrate.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';

let first: TestDatabase;
let second: TestDatabase;
beforeAll(async () => {
  [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});
afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
});

test('a clone is migrated', async () => {
  expect(await isMigrated(first.db)).toBe(true);
});

test('clones do not see each other', async () => {
  await insertWorkspace(first.db);
  expect(await second.db.selectFrom('workspaces').selectAll().execute()).toEqual([]);
});
