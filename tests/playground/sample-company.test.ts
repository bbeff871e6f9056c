import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCompanyClock, turnCompanyClock } from '../../src/platform/db/company-time.ts';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { seedSample } from '../../src/playground/sample-company.ts';
import { instant, isAbout } from '../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

const { id } = playgroundWorkspace;
const look = () => readCompanyClock(database.db, id);

test('an empty database gets the sample company, on a Friday afternoon in Berlin, and all of it is of that day', async () => {
  await seedSample(database.db);
  const { now, zone, isRunning } = await look();
  expect([isAbout(now, '2026-11-20T15:00:00+01:00'), zone, isRunning]).toEqual([true, 'Europe/Berlin', true]);
  const stints = await database.db.selectFrom('stints').select('began_at').distinct().execute();
  expect(stints.map(({ began_at: began }) => isAbout(began, '2026-11-20T15:00:00+01:00'))).toEqual([true]);
  const { at } = await database.db
    .selectFrom('cadences')
    .select((eb) => eb.fn.min('next_due_at').as('at'))
    .executeTakeFirstOrThrow();
  expect(at?.toString()).toBe('2026-11-23T07:30:00Z');
});

test('a company that is there already keeps its clock', async () => {
  await turnCompanyClock(database.db, id, instant('2026-12-01T09:00:00Z'));
  await seedSample(database.db);
  expect(isAbout((await look()).now, '2026-12-01T09:00:00Z')).toBe(true);
});
