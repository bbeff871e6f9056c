import { sql } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';

/** As many objectives as a menu shows at once. */
const mostOffered = 99;

/** The objectives below which somebody may add a key result at this moment, the latest cycle first. */
export async function listOwnObjectives(
  db: Database,
  workspaceId: string,
  { id, isAdmin }: { id: number; isAdmin: boolean },
): Promise<{ id: number; title: string; cycle: string }[]> {
  const { rows } = await sql<{ id: number; title: string; cycle: string }>`
    select o.id, o.title, c.key as cycle
    from objectives o join cycles c on c.id = o.cycle_id left join teams t on t.id = o.team_id
    where o.workspace_id = ${workspaceId} and o.state = 'active'
      and case c.state when 'active' then ${isAdmin} or o.owner_id = ${id} or t.lead_id = ${id}
        when 'draft' then ${isAdmin} or t.lead_id = ${id} end
    order by coalesce(o.owner_id = ${id}, false) desc, c.starts_on desc, c.ends_on, o.position, o.id
    limit ${mostOffered}`.execute(db);
  return rows;
}

/** What an objective can support: those of open cycles that somebody sees, but itself. */
export async function listSupportable(
  db: Database,
  workspaceId: string,
  viewerId: number,
  butId: number | null,
): Promise<{ id: number; title: string; cycle: string }[]> {
  const { rows } = await sql<{ id: number; title: string; cycle: string }>`
    select o.id, o.title, c.key as cycle from objectives o join cycles c on c.id = o.cycle_id
    where o.workspace_id = ${workspaceId} and sees_objective(o, ${viewerId}) and o.id is distinct from ${butId}::bigint
      and ((o.state = 'active' and c.state in ('draft', 'active'))
        or o.id = (select own.supports_id from objectives own where own.id = ${butId}::bigint))
    order by c.starts_on, c.ends_on desc, o.position, o.id limit 5000`.execute(db);
  return rows;
}
