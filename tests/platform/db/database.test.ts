import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(async () => {
  await database.close();
});

test('a list of ids is read as numbers, as each of them is', async () => {
  const { rows } = await sql<{ none: number[]; some: number[]; one: number }>`
    select '{}'::bigint[] as none, array[1, 2, 30]::bigint[] as some, 4::bigint as one`.execute(database.db);
  expect(rows).toEqual([{ none: [], some: [1, 2, 30], one: 4 }]);
});
