import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCompanyClock, turnCompanyClock } from '../../src/platform/db/company-time.ts';
import { playgroundWorkspace } from '../../src/platform/db/playground-workspace.ts';
import { seedCompany } from '../../src/playground/sample-company.ts';
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

test('an empty database gets the sample company, on a Friday afternoon in Berlin, and what tells no day is of that day', async () => {
  await seedCompany(database.db, 'sample');
  const { now, zone, isRunning } = await look();
  expect([isAbout(now, '2026-11-20T15:00:00+01:00'), zone, isRunning]).toEqual([true, 'Europe/Berlin', true]);
  const { latest } = await database.db
    .selectFrom('stints')
    .select((eb) => eb.fn.max('began_at').as('latest'))
    .executeTakeFirstOrThrow();
  expect(isAbout(latest, '2026-11-20T15:00:00+01:00')).toBe(true);
  const { at } = await database.db
    .selectFrom('cadences')
    .select((eb) => eb.fn.min('next_due_at').as('at'))
    .executeTakeFirstOrThrow();
  expect(at?.toString()).toBe('2026-11-23T07:30:00Z');
});

test('it shows all that a register knows: what is set down, retired, lent, for few eyes, stale or unconfirmed', async () => {
  const { db } = database;
  const states = await db
    .selectFrom('rocks')
    .select(['state', 'visibility', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy(['state', 'visibility'])
    .orderBy('state')
    .orderBy('visibility')
    .execute();
  expect(states.map(({ state, visibility }) => `${state} ${visibility}`)).toEqual([
    'active people',
    'active team',
    'active workspace',
    'retired workspace',
    'set-down workspace',
  ]);
  const { load } = await db
    .selectFrom('stints as s')
    .innerJoin('rocks as r', 'r.id', 's.rock_id')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .where('p.handle', '=', 'ana')
    .select((eb) => eb.fn.sum<number>('r.weight').as('load'))
    .executeTakeFirstOrThrow();
  expect(Number(load)).toBe(27);
  const stints = await db.selectFrom('stints').select(['confirmed_at', 'began_at']).execute();
  expect(stints.some(({ confirmed_at }) => confirmed_at === null)).toBe(true);
  expect(
    stints.filter(({ confirmed_at: at }) => at !== null && `${at}` < '2026-08-22').length,
  ).toBeGreaterThan(3);
  const loans = await db.selectFrom('handoffs').select(['kind', 'state', 'until_on']).execute();
  expect(loans.map(({ kind, state, until_on }) => [kind, state, `${until_on}`])).toEqual([
    ['lend', 'accepted', '2026-12-04'],
  ]);
  const steps = await db.selectFrom('handoff_steps').select(['step', 'due_at']).execute();
  expect(steps.map(({ step, due_at }) => [step, `${due_at}`])).toEqual([['return', '2026-12-04T23:00:00Z']]);
});

test('a company that is there already keeps its clock', async () => {
  await turnCompanyClock(database.db, id, instant('2026-12-01T09:00:00Z'));
  await seedCompany(database.db, 'sample');
  expect(isAbout((await look()).now, '2026-12-01T09:00:00Z')).toBe(true);
});
