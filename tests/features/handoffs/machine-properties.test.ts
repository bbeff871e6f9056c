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
  const happened = await expectNothingWrong([database.db, other], { numRuns: 25 });
  console.log(happened);
  // Or the stories were too tame to show anything.
  for (const type of ['rock.handed-over', 'rock.lent'])
    expect(happened.get(type) ?? 0, type).toBeGreaterThan(5);
}, 120_000);
