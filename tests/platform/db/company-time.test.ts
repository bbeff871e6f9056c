import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  companyNow,
  readCompanyClock,
  startCompanyClock,
  stopCompanyClock,
  turnCompanyClock,
} from '../../../src/platform/db/company-time.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { instant, isAbout } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

test("company time is the database's until somebody turns it", async () => {
  const workspace = await insertWorkspace(database.db);
  expect(isAbout(await companyNow(database.db, workspace), Temporal.Now.instant().toString())).toBe(true);
});

test.each([
  ['ahead', '2031-10-27T00:30:00Z'],
  ['back', '2011-03-27T01:59:59.5Z'],
])('the clock can be turned %s, and runs on from there', async (_, iso) => {
  const workspace = await insertWorkspace(database.db);
  await turnCompanyClock(database.db, workspace, instant(iso));
  const first = await companyNow(database.db, workspace);
  const later = await companyNow(database.db, workspace);
  expect(Temporal.Instant.compare(first, instant(iso))).toBeGreaterThanOrEqual(0);
  expect(isAbout(first, iso)).toBe(true);
  expect(Temporal.Instant.compare(later, first)).toBe(1);
});

test('turned twice it shows what it was turned to last', async () => {
  const workspace = await insertWorkspace(database.db);
  await turnCompanyClock(database.db, workspace, instant('2031-01-01T00:00:00Z'));
  await turnCompanyClock(database.db, workspace, instant('2031-01-02T00:00:00Z'));
  expect(isAbout(await companyNow(database.db, workspace), '2031-01-02T00:00:00Z')).toBe(true);
});

test("another workspace's clock stays", async () => {
  const turned = await insertWorkspace(database.db);
  const other = await insertWorkspace(database.db);
  await turnCompanyClock(database.db, turned, instant('2031-01-01T00:00:00Z'));
  expect(isAbout(await companyNow(database.db, other), Temporal.Now.instant().toString())).toBe(true);
});

test('it stands still inside a transaction', async () => {
  const workspace = await insertWorkspace(database.db);
  await inTransaction(database.db, async (tx) => {
    const first = await companyNow(tx, workspace);
    expect((await companyNow(tx, workspace)).equals(first)).toBe(true);
  });
});

test('a workspace that is not there has no time', async () => {
  await expect(companyNow(database.db, 'TNOWHERE')).rejects.toThrow();
});

describe('a clock that was stopped', () => {
  const stopped = async (iso: string): Promise<string> => {
    const workspace = await insertWorkspace(database.db);
    await turnCompanyClock(database.db, workspace, instant(iso));
    await stopCompanyClock(database.db, workspace);
    return workspace;
  };
  const read = async (workspace: string) => {
    const { now, ...clock } = await readCompanyClock(database.db, workspace);
    return { now: now.toString(), ...clock };
  };

  test('stands still, from one transaction to the next', async () => {
    const workspace = await stopped('2031-10-27T00:30:00Z');
    const first = await companyNow(database.db, workspace);
    expect(isAbout(first, '2031-10-27T00:30:00Z')).toBe(true);
    await stopCompanyClock(database.db, workspace);
    expect(await read(workspace)).toEqual({ now: first.toString(), zone: 'UTC', isRunning: false });
  });

  test('goes on from where it stood', async () => {
    const workspace = await stopped('2031-10-27T00:30:00Z');
    const { now } = await read(workspace);
    await startCompanyClock(database.db, workspace);
    const after = await read(workspace);
    expect(after.isRunning).toBe(true);
    expect(Temporal.Instant.compare(after.now, now)).toBe(1);
    expect(isAbout(instant(after.now), '2031-10-27T00:30:00Z')).toBe(true);
  });

  test('stays stopped when it is turned, at exactly that moment', async () => {
    const workspace = await stopped('2031-10-27T00:30:00Z');
    await turnCompanyClock(database.db, workspace, instant('2031-10-28T09:00:00Z'));
    expect(await read(workspace)).toMatchObject({ now: '2031-10-28T09:00:00Z', isRunning: false });
    await startCompanyClock(database.db, workspace);
    expect(isAbout(await companyNow(database.db, workspace), '2031-10-28T09:00:00Z')).toBe(true);
  });

  test('that runs is not changed by being started', async () => {
    const workspace = await insertWorkspace(database.db);
    await turnCompanyClock(database.db, workspace, instant('2031-10-27T00:30:00Z'));
    await startCompanyClock(database.db, workspace);
    expect(isAbout(await companyNow(database.db, workspace), '2031-10-27T00:30:00Z')).toBe(true);
  });
});

test('a statement that asks for the time is planned as if it said how it is reckoned', async () => {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain (verbose) select company_now(w) from workspaces w`.execute(database.db);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(
    'COALESCE(clock_stopped_at, (now() + clock_offset))',
  );
});
