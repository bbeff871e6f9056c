import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { anyCompany } from './any-company.ts';
import { countRows, importText } from './cairn.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

test('whatever the file has, importing it again adds and changes nothing', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(anyCompany, fc.boolean(), async (file, overwrites) => {
      count += 1;
      const workspace = await insertWorkspace(database.db, { id: `T${count}` });
      const text = stringify(file);
      const options = ['--workspace', workspace, ...(overwrites ? ['--overwrite'] : [])];
      const first = await importText(database.url, text, options);
      expect(first.err).toEqual([]);

      const rows = await countRows(database.db);
      const second = await importText(database.url, text, options);
      expect(second.err).toEqual([]);
      for (const line of second.out.slice(0, -1).filter((each) => !each.includes('hold the same ritual')))
        expect(line).toMatch(/: 0 added, 0 changed, \d+ unchanged$/);
      expect(await countRows(database.db)).toBe(rows);
    }),
    { numRuns: 60, interruptAfterTimeLimit: 60_000 },
  );
}, 120_000);
