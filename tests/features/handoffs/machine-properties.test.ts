import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { expectNothingWrong } from './machine/stories.ts';

/** Two replicas: pools of their own on one database. */
let database: TestDatabase;
let other: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  other = openDatabase(database.url);
});
afterAll(async () => {
  await other.destroy();
  await database.close();
});

test('whatever people and the clock do, at once too: one owner, one open handoff, one loan, all of it allowed and told', async () => {
  const given = { numRuns: 8, interruptAfterTimeLimit: 90_000 };
  const happened = await expectNothingWrong([database.db, other], given);
  // Or the stories were too tame to show anything.
  expect(happened.get('rock.handed-over') ?? 0).toBeGreaterThan(3);
}, 120_000);
