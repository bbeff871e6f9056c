import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
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
