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
