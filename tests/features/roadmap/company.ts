import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Actor } from '../../../src/features/people/core/person.ts';
import { stampOf } from '../../../src/features/roadmap/changing.ts';
import type { Horizon } from '../../../src/features/roadmap/core/item.ts';
import type { ItemEntry } from '../../../src/features/roadmap/core/state.ts';
import { addItem, editItem, scoreItem } from '../../../src/features/roadmap/editing-operations.ts';
import { moveItem } from '../../../src/features/roadmap/moving-operations.ts';
import { findItem } from '../../../src/features/roadmap/store.ts';
import type { Result } from '../../../src/platform/core/result.ts';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import {
  insertActor,
  insertCycle,
  insertObjective,
  insertRock,
  insertTeam,
  listEvents,
  setClock,
} from '../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../support/database.ts';

/** Three people, an admin, two teams that Chi and nobody lead, Ben's rock and an objective, of the test that runs. */
let database: TestDatabase;
export let replica: Database;
export let db: Database;
export let workspaceId: string;
export let ana: Actor;
export let ben: Actor;
export let chi: Actor;
export let dan: Actor;
export let admin: Actor;
export let checkout: number;
export let risk: number;
export let payments: number;
export let reliable: number;
export let cycleId: number;

/** For the file that calls it: a database of its own, and the company anew for each test, on 20 November 2026. */
export function testInCompany(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ db } = database);
    replica = openDatabase(database.url);
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
    await setClock(db, workspaceId, '2026-11-20T09:00:00Z');
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    chi = await insertActor(db, workspaceId, { name: 'Chi' });
    dan = await insertActor(db, workspaceId, { name: 'Dan' });
    admin = { ...(await insertActor(db, workspaceId, { name: 'Ada' })), isAdmin: true };
    await db.updateTable('people').set({ is_admin: true }).where('id', '=', admin.id).execute();
    checkout = await insertTeam(db, workspaceId, { key: 'checkout', name: 'Checkout' });
    risk = await insertTeam(db, workspaceId, { key: 'risk', name: 'Risk' });
    await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', checkout).execute();
    payments = await insertRock(db, workspaceId, { name: 'Payments', owner: ben });
    cycleId = await insertCycle(db, workspaceId, {
      key: '2026-Q4',
      starts: '2026-10-01',
      ends: '2026-12-31',
    });
    reliable = await insertObjective(db, workspaceId, { key: 'reliable', cycleId });
  });
  afterAll(async () => {
    await replica.destroy();
    await database.close();
  });
}

const entryOf = (given: Partial<ItemEntry>): ItemEntry => ({
  title: 'Smart retries',
  ...{ summary: null, ownerId: ana.id, teamId: null, rockId: null, supports: null, needs: [], dueOn: null },
  ...given,
});

export async function tryAdd(
  given: Partial<ItemEntry> = {},
  { horizon = 'next' as 'now' | 'next' | 'later', actor = ana, on = db } = {},
) {
  return await addItem(on, workspaceId, actor, entryOf(given), horizon);
}
export async function add(
  given: Partial<ItemEntry> = {},
  horizon: 'now' | 'next' | 'later' = 'next',
): Promise<number> {
  const added = await tryAdd(given, { horizon });
  if (!added.ok) throw new Error(added.words);
  return added.value.id;
}
export const itemOf = async (id: number) => {
  const row = await findItem(db, workspaceId, id);
  if (row === undefined) throw new Error('no such item');
  return row;
};
export async function edit(
  id: number,
  given: Partial<ItemEntry>,
  { actor = ana, why = null as string | null } = {},
) {
  const { state, supportsOn } = await itemOf(id);
  const entry: ItemEntry = {
    ...{ title: state.title, summary: state.summary, ownerId: state.owner_id, teamId: state.team_id },
    ...{ rockId: state.rock_id, supports: supportsOn, needs: state.needs, dueOn: state.due_on },
    ...given,
  };
  return await editItem(db, workspaceId, actor, id, { entry, why, stamp: stampOf(state) });
}
export async function move(
  id: number,
  to: Horizon,
  { actor = ana, due = null as string | null, why = null as string | null, on = db } = {},
) {
  return await moveItem(on, workspaceId, actor, id, { to, due, why }, null);
}
export async function score(id: number, scores: { impact: number; effort: number; alignment: number }) {
  return await scoreItem(db, workspaceId, ana, id, { scores, stamp: stampOf((await itemOf(id)).state) });
}
export const wordsOf = (result: Result<unknown>) => (result.ok ? 'done' : result.words);
/** The types of what was recorded of the roadmap, without their common beginning. */
export const happened = async () =>
  (await listEvents(db, workspaceId)).map(({ type }) => type.replace('roadmap-item.', ''));
