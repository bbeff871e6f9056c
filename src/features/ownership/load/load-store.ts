import { sql } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';
import type { Load } from './core/load.ts';

/**
 * SQL of what the people of `ids` carry, a row a rock: what they own and have not lent out, and what they have on
 * loan. A rock that is set down or retired is carried by nobody.
 */
function carried(workspaceId: string, ids: readonly number[]) {
  return sql`
    select s.person_id, s.rock_id, false as is_lent
    from stints s
    where s.workspace_id = ${workspaceId} and s.person_id = any(${ids}::bigint[]) and s.ended_at is null
      and not exists (select from handoffs h
        where h.rock_id = s.rock_id and h.kind = 'lend' and h.state = 'accepted')
    union all
    select h.to_id, h.rock_id, true
    from handoffs h
    where h.workspace_id = ${workspaceId} and h.to_id = any(${ids}::bigint[]) and h.ended_at is null
      and h.kind = 'lend' and h.state = 'accepted'`;
}

/** The sums of these people; nobody is left out. */
export async function listLoads(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<(Load & { personId: number })[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Load & { personId: number }>`
    select p.id as "personId", count(r.id) as rocks, coalesce(sum(r.weight), 0)::integer as load,
      coalesce(p.backpack_limit, w.backpack_limit) as limit
    from people p
    join workspaces w on w.id = p.workspace_id
    left join (${carried(workspaceId, ids)}) c on c.person_id = p.id
    left join rocks r on r.id = c.rock_id and r.state = 'active'
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::bigint[])
    group by p.id, w.backpack_limit`.execute(db);
  return rows;
}
