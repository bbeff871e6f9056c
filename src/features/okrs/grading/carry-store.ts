import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/db/database.ts';

export type Carried = { id: number; key: string; carriedFromId: number };

/** The copy of an objective in another cycle, if it was carried there before. */
export async function findCarried(tx: Tx, cycleId: number, objectiveId: number): Promise<number | undefined> {
  const row = await tx
    .selectFrom('objectives')
    .select('id')
    .where('cycle_id', '=', cycleId)
    .where('carried_from_id', '=', objectiveId)
    .executeTakeFirst();
  return row?.id;
}

/** Copies an objective into another cycle, with its needs and who may see it, behind those that are there. */
export async function copyObjective(
  tx: Tx,
  copy: { objectiveId: number; cycleId: number; key: string; at: Temporal.Instant; byId: number | null },
): Promise<number> {
  const { objectiveId, cycleId, key, byId } = copy;
  const { rows } = await sql<{ id: number }>`
    insert into objectives (workspace_id, key, title, cycle_id, owner_id, team_id, reviewer_id, supports_id, line_id,
      position, visibility, created_by, carried_from_id)
    select workspace_id, ${key}, title, ${cycleId}, owner_id, team_id, reviewer_id, supports_id, line_id,
      (select coalesce(max(p.position) + 1, 0) from objectives p where p.cycle_id = ${cycleId}), visibility, ${byId}, id
    from objectives where id = ${objectiveId} returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`objective ${objectiveId} is not there to be carried over`);
  await sql`insert into objective_needs (workspace_id, objective_id, team_id)
    select workspace_id, ${id}, team_id from objective_needs where objective_id = ${objectiveId}`.execute(tx);
  await sql`insert into objective_viewers (workspace_id, objective_id, person_id)
    select workspace_id, ${id}, person_id from objective_viewers where objective_id = ${objectiveId}`.execute(
    tx,
  );
  return id;
}

/**
 * Copies a key result below an objective of another cycle. It starts at the value that was reached, and keeps its target;
 * where the value has reached the target, or says nothing of a way (a milestone, a value to be kept), the start stays.
 */
export async function copyKeyResult(
  tx: Tx,
  copy: { keyResultId: number; objectiveId: number; key: string },
): Promise<number> {
  const { keyResultId, objectiveId, key } = copy;
  const { rows } = await sql<{ id: number }>`
    insert into key_results (workspace_id, objective_id, key, title, owner_id, backup_id, type, unit, direction,
      start_value, target_value, current_value, commitment, position, carried_from_id)
    select workspace_id, ${objectiveId}, ${key}, title, owner_id, backup_id, type, unit, direction,
      case when type = 'milestone' or direction = 'maintain' or current_value is null
          or (direction = 'up' and current_value >= target_value)
          or (direction = 'down' and current_value <= target_value)
        then start_value else current_value end,
      target_value, current_value, commitment,
      (select coalesce(max(p.position) + 1, 0) from key_results p where p.objective_id = ${objectiveId}), id
    from key_results where id = ${keyResultId} returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error(`key result ${keyResultId} is not there to be carried over`);
  return id;
}

/** Of carried objectives, those that support an objective which was carried along support its copy. */
export async function followSupports(tx: Tx, cycleId: number): Promise<void> {
  await sql`
    update objectives o set supports_id = c.id
    from objectives c
    where o.cycle_id = ${cycleId} and o.carried_from_id is not null
      and c.cycle_id = ${cycleId} and c.carried_from_id = o.supports_id and c.id <> o.id`.execute(tx);
}
