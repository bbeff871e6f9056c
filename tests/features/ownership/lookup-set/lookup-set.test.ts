import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { makeCompany } from './company.ts';
import { cairnWith, type Found, ratesOf } from './measure.ts';
import { makeQueries } from './queries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

test('of 1,000 rocks of a bank, what people type leads to the right one, and hardly ever surely to a wrong one', async () => {
  const rocks = makeCompany();
  // A tenth of the set of docs/lookup.md, with a seed of its own; `npm run bench lookup` asks all of it.
  const queries = makeQueries(rocks, 300, 3);
  const ask = await cairnWith(database.db, await insertWorkspace(database.db), rocks);
  const found: Found[] = [];
  for (const { typed } of queries) found.push(await ask(typed));

  const all = ratesOf(queries, found).find(({ kind }) => kind === 'all');
  expect(all?.count).toBe(queries.length);
  expect(all?.first).toBeGreaterThanOrEqual(0.95);
  expect(all?.five).toBeGreaterThanOrEqual(0.98);
  expect(all?.wrongAndSure).toBeLessThanOrEqual(0.01);
});
