import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { DecisionEntry, Making } from '../../../src/features/decisions/core/form.ts';
import type { Actor } from '../../../src/features/people/core/person.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { insertActor, insertRock, insertTeam, setClock } from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

/** Three people, a team and a rock, of the test that runs. */
let database: TestDatabase;
export let replica: Database;
export let db: Database;
export let workspaceId: string;
export let ana: Actor;
export let ben: Actor;
export let chi: Actor;
export let teamId: number;
export let rockId: number;

/** For the file that calls it: a database of its own, and the company anew for each test. */
export function testInCompany(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ db } = database);
    replica = openDatabase(database.url);
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
    await setClock(db, workspaceId, '2026-11-05T09:00:00Z');
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    chi = await insertActor(db, workspaceId, { name: 'Chi' });
    teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    rockId = await insertRock(db, workspaceId, { key: 'payments', name: 'Payments' });
  });
  afterAll(async () => {
    await replica.destroy();
    await database.close();
  });
}

export function entry(given: Partial<DecisionEntry> = {}): DecisionEntry {
  return {
    question: 'Do we keep the old checkout?',
    options: [],
    driverId: ana.id,
    approverId: chi.id,
    contributorIds: [],
    informedIds: [],
    viewerIds: [],
    dueOn: null,
    about: [],
    teamId: null,
    visibility: 'workspace',
    ...given,
  };
}

export const made = (given: Partial<Making> = {}): Making => ({
  outcome: 'We keep it until March.',
  why: 'Two banks still need it.',
  lookAgainOn: null,
  ...given,
});

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.words);
  return result.value;
}
export const wordsOf = (result: Result<unknown>) => (result.ok ? 'done' : result.words);
