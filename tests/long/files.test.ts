import { afterAll, beforeAll, expect, test } from 'vitest';
import { importText } from '../cli/cairn.ts';
import { expectExportedAsItWas, expectImportedOnce } from '../cli/file-properties.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => database.close());

test('whatever the file has, importing it again adds and changes nothing', async () => {
  await expectImportedOnce(database, { numRuns: 300, interruptAfterTimeLimit: 550_000 });
});

test('whatever a company has, its export imported into nothing is exported as it was, byte by byte', async () => {
  await expectExportedAsItWas(database, { numRuns: 150, interruptAfterTimeLimit: 550_000 });
});

test('ten thousand rocks are imported in seconds', async () => {
  const people = Array.from({ length: 300 }, (_, i) => `  p${i}: { email: p${i}@acme.example }`);
  const rocks = Array.from(
    { length: 10_000 },
    (_, i) =>
      `  - { key: rock-${i}, name: Rock number ${i}, aliases: [alias ${i} a, alias ${i} b], owner: p${i % 300}, backups: [p${(i + 1) % 300}], channel: "#c-${i % 500}", links: [{ label: Board, url: "https://bi.example/${i}" }] }`,
  );
  const text = ['version: 1', 'people:', ...people, 'rocks:', ...rocks, ''].join('\n');
  const started = performance.now();
  const run = await importText(database.url, text);
  expect(run.err).toEqual([]);
  expect(run.out[1]).toBe('rocks: 10000 added, 0 changed, 0 unchanged');
  // Some seconds on an idle machine; the bound is for a row-by-row import, which takes minutes.
  expect(performance.now() - started).toBeLessThan(120_000);
}, 150_000);
