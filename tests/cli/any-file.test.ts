import { afterAll, beforeAll, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { expectImportedOnce } from './file-properties.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

test('whatever the file has, importing it again adds and changes nothing', async () => {
  await expectImportedOnce(database, { numRuns: 15, interruptAfterTimeLimit: 60_000 });
}, 120_000);
