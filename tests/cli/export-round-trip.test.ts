import { afterAll, beforeAll, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { expectExportedAsItWas } from './file-properties.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

test('whatever a company has, its export imported into nothing is exported as it was, byte by byte', async () => {
  await expectExportedAsItWas(database, { numRuns: 8, interruptAfterTimeLimit: 60_000 });
}, 180_000);
