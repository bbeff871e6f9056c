import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { OkrState } from '../../../platform/db/tables.ts';
import type { Commitment } from '../core/health.ts';
import type { Direction, MeasureType } from './core/measure.ts';

/** A key result as people edit it, with the columns' names, as its events have them. */
export type KeyResultState = {
  title: string;
  owner_id: number | null;
  backup_id: number | null;
  type: MeasureType;
  unit: string | null;
  direction: Direction;
  start_value: number | null;
  target_value: number;
  commitment: Commitment;
  due_on: string | null;
  first_due_on: string | null;
  slips: number;
};
export type KeyResultRow = {
  id: number;
  key: string;
  objectiveId: number;
  state: OkrState;
  entry: KeyResultState;
};

/** A key result of an objective that somebody sees; undefined: there is none for them. */
export async function findKeyResult(
  db: Database,
  workspaceId: string,
  id: number,
  viewerId: number,
): Promise<KeyResultRow | undefined> {
  const { rows } = await sql<KeyResultRow>`
    select k.id, k.key, k.objective_id as "objectiveId", k.state, json_build_object(
      'title', k.title, 'owner_id', k.owner_id, 'backup_id', k.backup_id, 'type', k.type, 'unit', k.unit,
      'direction', k.direction, 'start_value', k.start_value, 'target_value', k.target_value,
      'commitment', k.commitment, 'due_on', k.due_on, 'first_due_on', k.first_due_on, 'slips', k.slips) as entry
    from key_results k join objectives o on o.id = k.objective_id
    where k.workspace_id = ${workspaceId} and k.id = ${id} and sees_objective(o, ${viewerId})`.execute(db);
  return rows[0];
}

/** Holds a key result's row until the transaction ends. */
export async function lockKeyResult(tx: Tx, workspaceId: string, id: number): Promise<void> {
  await tx
    .selectFrom('key_results')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
}

/** Keeps a new key result, behind those that its objective has. */
export async function insertKeyResult(
  tx: Tx,
  workspaceId: string,
  { objectiveId, key, entry }: { objectiveId: number; key: string; entry: KeyResultState },
): Promise<number> {
  const { id } = await tx
    .insertInto('key_results')
    .values((eb) => ({
      ...entry,
      workspace_id: workspaceId,
      objective_id: objectiveId,
      key,
      position: eb
        .selectFrom('key_results as other')
        .select(sql<number>`coalesce(max(other.position) + 1, 0)`.as('position'))
        .where('other.objective_id', '=', objectiveId),
    }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateKeyResult(tx: Tx, id: number, entry: KeyResultState): Promise<void> {
  await tx.updateTable('key_results').set(entry).where('id', '=', id).execute();
}

/** Keeps that a target was moved: by whom, from where, and why. */
export async function insertTargetChange(
  tx: Tx,
  change: {
    workspaceId: string;
    keyResultId: number;
    at: Temporal.Instant;
    byId: number | null;
    from: number;
    to: number;
    reason: string | null;
  },
): Promise<void> {
  await tx
    .insertInto('target_changes')
    .values({
      workspace_id: change.workspaceId,
      key_result_id: change.keyResultId,
      changed_at: change.at.toString(),
      changed_by: change.byId,
      old_target: change.from,
      new_target: change.to,
      reason: change.reason,
    })
    .execute();
}

/** Active key results, locked in the order of their ids: of an objective, of a cycle, or these. */
export async function lockActive(
  tx: Tx,
  workspaceId: string,
  of: { objectiveId: number } | { cycleId: number } | { ids: readonly number[] },
): Promise<{ id: number; ownerId: number | null; backupId: number | null }[]> {
  const which =
    'ids' in of
      ? sql`k.id = any(${[...of.ids]}::bigint[])`
      : 'objectiveId' in of
        ? sql`k.objective_id = ${of.objectiveId}`
        : sql`k.objective_id in (select o.id from objectives o where o.cycle_id = ${of.cycleId})`;
  const { rows } = await sql<{ id: number; ownerId: number | null; backupId: number | null }>`
    select k.id, k.owner_id as "ownerId", k.backup_id as "backupId" from key_results k
    where k.workspace_id = ${workspaceId} and k.state = 'active' and ${which} order by k.id for update`.execute(
    tx,
  );
  return rows;
}

/** They are over: dropped with a reason, carried over, or done. */
export async function saveEnded(
  tx: Tx,
  ids: readonly number[],
  { as, why, at }: { as: Exclude<OkrState, 'active'>; why: string | null; at: Temporal.Instant },
): Promise<void> {
  await tx
    .updateTable('key_results')
    .set({ state: as, why_dropped: why, ended_at: at.toString() })
    .where('id', 'in', ids)
    .execute();
}
