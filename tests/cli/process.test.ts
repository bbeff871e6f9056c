import { spawn } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isMigrated } from '../../src/platform/db/migrate.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts';

const bin = join(import.meta.dirname, '../../bin/cairn.js');
let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'cairn-process-'));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** `cairn` as an operator starts it; in an empty folder, so that no .env is read. */
async function run(
  args: string[],
  env: Record<string, string>,
): Promise<{ status: number | null; text: string }> {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
  }
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, text };
}

test('migrate brings an empty database to the newest migration, and is content the second time', async () => {
  const env = { DATABASE_URL: database.url };
  const first = await run(['migrate'], env);
  expect(first.status).toBe(0);
  expect(first.text).toMatch(/^ran 20261122T090000_people$/m);
  expect(first.text).toMatch(/^The database is at the newest migration\.$/m);
  expect(await isMigrated(database.db)).toBe(true);
  expect(await run(['migrate'], env)).toEqual({
    status: 0,
    text: 'The database is at the newest migration.\n',
  });
});

test('wrong usage ends with 2, a refusal with 1, and no stack is shown', async () => {
  const wrong = await run(['imprt'], {});
  expect(wrong.status).toBe(2);
  expect(wrong.text).toContain('Did you mean `import`?');

  const refused = await run(['import', 'nowhere.yaml'], { DATABASE_URL: database.url });
  expect(refused).toEqual({ status: 1, text: 'There is no file nowhere.yaml.\n' });

  await writeFile(join(folder, 'bad.yaml'), 'version: 1\nrocks:\n  - { key: a, name: A, weight: 9 }\n');
  const bad = await run(['import', 'bad.yaml'], { DATABASE_URL: database.url });
  expect(bad).toEqual({
    status: 1,
    text:
      'bad.yaml:3: rocks[0].weight: 9 is not a weight; use a whole number from 1 to 5\n' +
      'Nothing was written: 1 problem in bad.yaml.\n',
  });
});

test('a file that is imported ends with 0', async () => {
  await writeFile(join(folder, 'good.yaml'), 'version: 1\npeople:\n  ana: { email: ana@acme.example }\n');
  expect(await run(['import', 'good.yaml'], { DATABASE_URL: database.url })).toEqual({
    status: 0,
    text: 'people: 1 added, 0 changed, 0 unchanged\ngood.yaml is imported into Playground (T0CAIRN).\n',
  });
});

test('an unreachable database ends with 1 and one line', async () => {
  const { status, text } = await run(['import', 'good.yaml'], { DATABASE_URL: 'postgres://x@127.0.0.1:1/x' });
  expect(status).toBe(1);
  expect(text).toMatch(/^The database cannot be reached \(.*\)\. Check DATABASE_URL.*\n$/);
});

test('without DATABASE_URL the embedded database is started, again the next time, and each time stopped', async () => {
  const env = { CAIRN_DATA_DIR: join(folder, 'data') };
  const first = await run(['import', 'good.yaml'], env);
  expect(first).toMatchObject({ status: 0, text: expect.stringContaining('people: 1 added') });
  const second = await run(['import', 'good.yaml'], env);
  expect(second).toMatchObject({
    status: 0,
    text: expect.stringContaining('people: 0 added, 0 changed, 1 unchanged'),
  });
  await expect(access(join(folder, 'data/postgres/postmaster.pid'))).rejects.toThrow('ENOENT');
});

test('a data folder that cannot be one is refused in one line', async () => {
  const { status, text } = await run(['migrate'], { CAIRN_DATA_DIR: '/dev/null/data' });
  expect(status).toBe(1);
  expect(text).toBe('Cairn cannot use /dev/null/data as its data folder (ENOTDIR).\n');
});
