import { afterAll, beforeAll, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { virtualMachine } from './machine.ts';
import { expectPromisesKept } from './promises.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

it('whatever happens in whatever order, all promises are kept in the end', async () => {
  await expectPromisesKept(database.db, await virtualMachine(database.db), { numRuns: 25 });
}, 600_000);
