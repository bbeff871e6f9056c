import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { LineKind } from './core/strategy.ts';

export type LineChoice = { id: number; key: string; title: string; kind: LineKind };

/** The lines in force, each intent before its initiatives. */
export async function listLinesInForce(db: Database, workspaceId: string): Promise<LineChoice[]> {
  const { rows } = await sql<LineChoice>`
    select l.id, l.key, l.title, l.kind from strategy_in_force l
    left join strategy_in_force i on i.id = l.parent_id
    where l.workspace_id = ${workspaceId}
    order by coalesce(i.rank, l.rank), coalesce(i.key, l.key) collate "C", l.parent_id nulls first, l.rank, l.key collate "C"`.execute(
    db,
  );
  return rows;
}

export async function findLineInForce(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<LineChoice | undefined> {
  return await db
    .selectFrom('strategy_in_force')
    .select(['id', 'key', 'title', 'kind'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * For each objective the line in force that it serves, itself or through the objectives that it supports, with the titles
 * from the intent down; one that serves none is left out.
 */
export async function listServed(
  db: Database,
  workspaceId: string,
  objectiveIds: readonly number[],
): Promise<{ objectiveId: number; lineId: number; titles: string[] }[]> {
  if (objectiveIds.length === 0) return [];
  const { rows } = await sql<{ objectiveId: number; lineId: number; titles: string[] }>`
    with recursive way as (
      select o.id as objective_id, o.id, o.supports_id, o.line_id from objectives o
      where o.workspace_id = ${workspaceId} and o.id = any(${[...objectiveIds]}::bigint[])
      union
      select w.objective_id, o.id, o.supports_id, o.line_id
      from way w join objectives o on o.id = w.supports_id and o.workspace_id = ${workspaceId}
    )
    select w.objective_id as "objectiveId", l.id as "lineId", array_remove(array[i.title, l.title], null) as titles
    from way w
    join strategy_in_force l on l.id = w.line_id and l.workspace_id = ${workspaceId}
    left join strategy_in_force i on i.id = l.parent_id`.execute(db);
  return rows;
}

/** What supports a line now: an objective or a rock, as far as the line is in force. Locks it. */
export async function lockSupport(
  tx: Tx,
  workspaceId: string,
  work: { kind: 'objective' | 'rock'; id: number },
): Promise<{ key: string | null } | undefined> {
  const isObjective = work.kind === 'objective';
  const table = sql.table(isObjective ? 'objectives' : 'rocks');
  const other = isObjective
    ? sql`(select s.key from objectives s where s.id = w.supports_id)`
    : sql`null::text`;
  const { rows } = await sql<{ key: string | null }>`
    select coalesce(${other}, (select l.key from strategy_in_force l where l.id = w.line_id)) as key
    from ${table} w where w.workspace_id = ${workspaceId} and w.id = ${work.id} for update of w`.execute(tx);
  return rows[0];
}

/** An objective that supports a line supports no other objective any more. */
export async function saveSupport(
  tx: Tx,
  work: { kind: 'objective' | 'rock'; id: number },
  lineId: number | null,
): Promise<void> {
  if (work.kind === 'rock')
    await tx.updateTable('rocks').set({ line_id: lineId }).where('id', '=', work.id).execute();
  else
    await tx
      .updateTable('objectives')
      .set({ line_id: lineId, supports_id: null })
      .where('id', '=', work.id)
      .execute();
}
