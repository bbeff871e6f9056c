import { afterAll, beforeAll, it } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/db/database.ts';
import { expectNothingWrong } from '../features/handoffs/machine/stories.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

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

it('whatever people and the clock do with handoffs in some hundred stories, nothing is wrong', async () => {
  await expectNothingWrong([database.db, other], { numRuns: 300, interruptAfterTimeLimit: 550_000 });
}, 600_000);
