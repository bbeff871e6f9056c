import { sql } from 'kysely';
import type { Database } from '../platform/db/database.ts';

/**
 * The lanes whose messages are held because the workspace is quiet, found from lane to lane, however much waits in
 * each. Parts of a recursive `with` behind `moment`, which says whether it is quiet: where it is not, nothing is asked.
 */
export const heldLanes = (workspaceId: string) => sql`
  filled as (
    (select d.workspace_id, d.lane from deliveries d
      where d.workspace_id = ${workspaceId} and d.state = 'pending' and (select quiet from moment)
      order by d.lane limit 1)
    union all
    select f.workspace_id, (select d.lane from deliveries d
      where d.workspace_id = ${workspaceId} and d.state = 'pending' and d.lane > f.lane order by d.lane limit 1)
    from filled f where f.lane is not null
  ), held as materialized (
    select lane from (
      select lane, case when lane like 'p%' then substr(lane, 2)::bigint end as person,
        case when lane like 'c%' then substr(lane, 2)::bigint end as channel
      from filled where lane is not null offset 0
    ) readers where not may_be_told(${workspaceId}::text, person, channel)
  )`;

/** Whether the lane of `d` is none of those. */
export const isTold = sql`(not (select quiet from moment) or d.lane not in (select lane from held))`;

/** The same of a delivery `d` of a workspace `w`, asked of each; for where few are looked at. */
export const isToldOf = sql<boolean>`(w.quiet_since is null or may_be_told(w.id,
  case when d.lane like 'p%' then substr(d.lane, 2)::bigint end,
  case when d.lane like 'c%' then substr(d.lane, 2)::bigint end))`;

/** How many messages wait, due or not, that are held because the workspace is quiet. */
export async function countHeld(db: Database, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ held: number }>`
    select count(*)::float8 as held from deliveries d join workspaces w on w.id = d.workspace_id
    where d.workspace_id = ${workspaceId} and d.state = 'pending' and not ${isToldOf}`.execute(db);
  return rows[0]?.held ?? 0;
}
