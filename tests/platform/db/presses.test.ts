import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../../src/platform/db/database.ts';
import { claimPress, releasePress } from '../../../src/platform/db/presses.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let workspace: string;
beforeAll(async () => {
  database = await createTestDatabase();
  workspace = await insertWorkspace(database.db);
});
afterAll(async () => {
  await database.close();
});

test('the second press of a double click claims nothing', async () => {
  expect(await claimPress(database.db, workspace, 'share:1')).toBe(true);
  expect(await claimPress(database.db, workspace, 'share:1')).toBe(false);
});

test('another press, and the same one in another workspace, stand for themselves', async () => {
  const other = await insertWorkspace(database.db);
  expect(await claimPress(database.db, workspace, 'share:2')).toBe(true);
  expect(await claimPress(database.db, workspace, 'share:3')).toBe(true);
  expect(await claimPress(database.db, other, 'share:2')).toBe(true);
});

test('a claim that was given back can be claimed again', async () => {
  expect(await claimPress(database.db, workspace, 'share:5')).toBe(true);
  await releasePress(database.db, workspace, 'share:5');
  expect(await claimPress(database.db, workspace, 'share:5')).toBe(true);
});

test('claims of more than a day ago are forgotten', async () => {
  const alone = await insertWorkspace(database.db);
  for (const key of ['old', 'older', 'young']) await claimPress(database.db, alone, key);
  await sql`update presses set pressed_at = now() - interval '25 hours'
    where workspace_id = ${alone} and key <> 'young'`.execute(database.db);
  expect(await claimPress(database.db, alone, 'old')).toBe(true);
  const kept = await database.db
    .selectFrom('presses')
    .select('key')
    .where('workspace_id', '=', alone)
    .orderBy('key')
    .execute();
  expect(kept.map(({ key }) => key)).toEqual(['old', 'young']);
});

test('of twenty at once, from two processes, one claims it', async () => {
  const replica = openDatabase(database.url, { connections: 10 });
  try {
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        claimPress(index % 2 === 0 ? database.db : replica, workspace, 'share:4'),
      ),
    );
    expect(claims.filter((isFirst) => isFirst)).toHaveLength(1);
  } finally {
    await replica.destroy();
  }
});
