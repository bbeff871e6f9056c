import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../support/database.ts';
import { anyCompany } from './any-company.ts';
import { cairn, importText } from './cairn.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'cairn-export-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

async function exported(workspace: string): Promise<string> {
  const file = join(folder, `${workspace}.yaml`);
  const run = await cairn(['export', file, '--workspace', workspace], { DATABASE_URL: database.url });
  expect(run).toEqual({ status: 0, out: [], err: [`Acme (${workspace}) is exported to ${file}.`] });
  return await readFile(file, 'utf8');
}

async function importInto(workspace: string, text: string, options: string[] = []): Promise<string[]> {
  const run = await importText(database.url, text, ['--workspace', workspace, ...options]);
  expect(run).toMatchObject({ status: 0, err: [] });
  return run.out;
}

test('whatever a company has, its export imported into nothing is exported as it was, byte by byte', async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(anyCompany, async (file) => {
      count += 1;
      const first = await insertWorkspace(database.db, { id: `T1N${count}`, timezone: 'Asia/Kathmandu' });
      const second = await insertWorkspace(database.db, { id: `T2N${count}`, timezone: 'Asia/Kathmandu' });
      await importInto(first, stringify(file));
      const text = await exported(first);
      await importInto(second, text);
      expect(await exported(second)).toBe(text);

      // And it is of the company: importing it where it came from finds nothing to do.
      const out = await importInto(first, text, ['--overwrite']);
      for (const line of out.slice(0, -1).filter((each) => !each.includes('hold the same ritual')))
        expect(line).toMatch(/: 0 added, 0 changed, \d+ unchanged$/);
    }),
    { numRuns: 25, interruptAfterTimeLimit: 60_000 },
  );
}, 180_000);
