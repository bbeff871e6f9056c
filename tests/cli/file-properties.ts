import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import { insertWorkspace, type TestDatabase } from '../support/database.ts';
import { anyCompany } from './any-company.ts';
import { cairn, countRows, importText } from './cairn.ts';

type Given = { numRuns: number; interruptAfterTimeLimit: number };

/** Whatever the file has, importing it again adds and changes nothing. */
export async function expectImportedOnce(database: TestDatabase, given: Given): Promise<void> {
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
      expectNothingDone(second.out);
      expect(await countRows(database.db)).toBe(rows);
    }),
    given,
  );
}

/** Whatever a company has, its export imported into nothing is exported as it was, byte by byte. */
export async function expectExportedAsItWas(database: TestDatabase, given: Given): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-export-'));
  const exported = async (workspace: string): Promise<string> => {
    const file = join(folder, `${workspace}.yaml`);
    const run = await cairn(['export', file, '--workspace', workspace], { DATABASE_URL: database.url });
    expect(run).toEqual({ status: 0, out: [], err: [`Acme (${workspace}) is exported to ${file}.`] });
    return await readFile(file, 'utf8');
  };
  const importInto = async (workspace: string, text: string, options: string[] = []): Promise<string[]> => {
    const run = await importText(database.url, text, ['--workspace', workspace, ...options]);
    expect(run).toMatchObject({ status: 0, err: [] });
    return run.out;
  };

  let count = 0;
  try {
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
        expectNothingDone(await importInto(first, text, ['--overwrite']));
      }),
      given,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Every line of an import's summary but the last, hints about rituals aside. */
function expectNothingDone(out: string[]): void {
  for (const line of out.slice(0, -1).filter((each) => !each.includes('hold the same ritual')))
    expect(line).toMatch(/: 0 added, 0 changed, \d+ unchanged$/);
}
