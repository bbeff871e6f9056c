import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { KeyResultEntry, ObjectiveEntry } from '../../../../src/features/okrs/editing/core/entry.ts';
import { addKeyResult, editKeyResult } from '../../../../src/features/okrs/editing/key-result-operations.ts';
import { findKeyResult } from '../../../../src/features/okrs/editing/key-result-store.ts';
import { addObjective, editObjective } from '../../../../src/features/okrs/editing/operations.ts';
import { findObjective } from '../../../../src/features/okrs/editing/store.ts';
import type { Actor } from '../../../../src/features/people/core/person.ts';
import type { Result } from '../../../../src/platform/core/result.ts';
import { stampOf } from '../../../../src/platform/core/stamp.ts';
import { type Database, openDatabase, type Tx } from '../../../../src/platform/db/database.ts';
import { inTransaction } from '../../../../src/platform/db/transaction.ts';
import {
  insertActor,
  insertCycle,
  insertTeam,
  instant,
  listEvents,
  setClock,
} from '../../../support/builders.ts';
import { createTestDatabase, insertWorkspace, type TestDatabase } from '../../../support/database.ts';
import { keyResultEntry, listening, objectiveEntry } from './support.ts';

/** Two people, their lead and an admin, a team and an active quarter, of the test that runs. */
let database: TestDatabase;
export let replica: Database;
export let db: Database;
export let workspaceId: string;
export let ana: Actor;
export let ben: Actor;
export let chi: Actor;
export let admin: Actor;
export let teamId: number;
export let cycleId: number;

/** For the file that calls it: a database of its own, and the company anew for each test. */
export function testInCompany(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    ({ db } = database);
    replica = openDatabase(database.url);
  });
  beforeEach(async () => {
    workspaceId = await insertWorkspace(db, { timezone: 'Europe/Berlin' });
    await setClock(db, workspaceId, '2026-10-05T09:00:00Z');
    ana = await insertActor(db, workspaceId, { name: 'Ana' });
    ben = await insertActor(db, workspaceId, { name: 'Ben' });
    chi = await insertActor(db, workspaceId, { name: 'Chi' });
    admin = { ...(await insertActor(db, workspaceId, { name: 'Ada' })), isAdmin: true };
    await db.updateTable('people').set({ is_admin: true }).where('id', '=', admin.id).execute();
    teamId = await insertTeam(db, workspaceId, { key: 'checkout' });
    await db.updateTable('teams').set({ lead_id: chi.id }).where('id', '=', teamId).execute();
    cycleId = await insertCycle(db, workspaceId, {
      key: '2026-Q4',
      starts: '2026-10-01',
      ends: '2026-12-31',
    });
  });
  afterAll(async () => {
    await replica.destroy();
    await database.close();
  });
}

export async function add(given: Partial<ObjectiveEntry> = {}, actor = ana): Promise<number> {
  const entry = objectiveEntry({ cycleId, ownerId: actor.id, teamId, ...given });
  const added = await addObjective(db, workspaceId, actor, entry);
  if (!added.ok) throw new Error(added.words);
  return added.value.id;
}
export async function addResult(
  objectiveId: number,
  given: Partial<KeyResultEntry> = {},
  actor = ana,
): Promise<number> {
  const added = await addKeyResult(
    db,
    workspaceId,
    actor,
    objectiveId,
    keyResultEntry({ ownerId: ana.id, ...given }),
  );
  if (!added.ok) throw new Error(added.words);
  return added.value.id;
}
export const objectiveOf = async (id: number) => {
  const row = await findObjective(db, workspaceId, id, admin.id);
  if (row === undefined) throw new Error('no such objective');
  return row;
};
export const resultOf = async (id: number) => {
  const row = await findKeyResult(db, workspaceId, id, admin.id);
  if (row === undefined) throw new Error('no such key result');
  return row;
};
export async function editIt(
  id: number,
  given: Partial<ObjectiveEntry>,
  actor = ana,
  of = db,
  moving = listening().moving,
) {
  const { entry } = await objectiveOf(id);
  const same = {
    ...{ title: entry.title, ownerId: entry.owner_id, reviewerId: entry.reviewer_id, teamId: entry.team_id },
    ...{ cycleId: entry.cycle_id, supports: null, needs: entry.needs, visibility: entry.visibility },
    viewers: entry.viewers,
  };
  return await editObjective(
    { db: of, ...moving },
    workspaceId,
    actor,
    id,
    { ...same, ...given },
    stampOf(entry),
  );
}
export async function editResult(
  id: number,
  given: Partial<KeyResultEntry>,
  {
    actor = ana,
    target = null as string | null,
    slip = null as string | null,
    moving = listening().moving,
  } = {},
) {
  const { entry } = await resultOf(id);
  const same: KeyResultEntry = {
    title: entry.title,
    measure: {
      ...{ type: entry.type, unit: entry.unit, direction: entry.direction },
      ...{ start: entry.start_value, target: entry.target_value },
    },
    commitment: entry.commitment,
    ownerId: entry.owner_id,
    backupId: entry.backup_id,
    dueOn: entry.due_on,
  };
  return await editKeyResult(
    { db, ...moving },
    workspaceId,
    actor,
    id,
    { ...same, ...given },
    { target, slip },
    stampOf(entry),
  );
}
export const on = (id: number) => ({ kind: 'objective', id }) as const;
export const setCycle = async (state: 'draft' | 'active' | 'grading' | 'closed') =>
  await db.updateTable('cycles').set({ state }).where('id', '=', cycleId).execute();
export const wordsOf = (result: Result<unknown>) => (result.ok ? 'done' : result.words);
export const typesOf = async () => (await listEvents(db, workspaceId)).map(({ type }) => type);
export const inTx = async <T>(work: (tx: Tx) => Promise<T>) => await inTransaction(db, work);
export const waitsForLock = async () =>
  await expect
    .poll(async () => {
      const { rows } = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
      return rows.length;
    })
    .toBeGreaterThan(0);
export const at = instant('2026-10-05T09:00:00Z');
export const clock = { kind: 'clock' } as const;
