import { afterAll, beforeAll, it } from 'vitest';
import { virtualMachine } from '../properties/machine.ts';
import { expectPromisesKept } from '../properties/promises.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

it('whatever happens in whatever order, all promises are kept in the end', async () => {
  await expectPromisesKept(database.db, await virtualMachine(database.db), { numRuns: 1_500 });
}, 600_000);
