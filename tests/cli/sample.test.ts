import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { importText } from './cairn.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

test('the sample company imports cleanly, and is unchanged the second time', async () => {
  const text = await readFile(join(import.meta.dirname, '../../src/playground/sample/company.yaml'), 'utf8');
  const first = await importText(database.url, text);
  expect(first).toMatchObject({ status: 0, err: [] });
  expect(first.out[0]).toMatch(/^people: 2\d added, 0 changed, 0 unchanged$/);

  const second = await importText(database.url, text);
  expect(second).toMatchObject({ status: 0, err: [] });
  for (const line of second.out.slice(0, -1)) expect(line).toMatch(/: 0 added, 0 changed, \d+ unchanged$/);
});
