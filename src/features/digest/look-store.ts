import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { SeenAction, SeenDecision, SeenItem } from './core/seen.ts';
import { isActionForAll } from './seen-sql.ts';

/** A decision, if the viewer sees it. */
export async function findDecision(
  db: Database,
  workspaceId: string,
  viewerId: number,
  id: number,
): Promise<SeenDecision | undefined> {
  const { rows } = await sql<SeenDecision>`
    select d.number, d.question, d.outcome, d.why, d.due_on as "dueOn", p.name as driver
    from decisions d join people p on p.id = d.driver_id
    where d.workspace_id = ${workspaceId} and d.id = ${id} and sees_decision(d, ${viewerId})`.execute(db);
  return rows[0];
}

/** An item of the roadmap, if the viewer sees what it is about. */
export async function findItem(
  db: Database,
  workspaceId: string,
  viewerId: number,
  id: number,
): Promise<SeenItem | undefined> {
  const { rows } = await sql<SeenItem>`
    select i.title, i.summary, i.horizon, i.due_on as "dueOn", i.slips, p.name as owner
    from roadmap_items i
    left join people p on p.id = i.owner_id
    left join rocks r on r.id = i.rock_id
    left join objectives o on o.id = i.objective_id
    where i.workspace_id = ${workspaceId} and i.id = ${id}
      and (r.id is null or sees(r, ${viewerId})) and (o.id is null or sees_objective(o, ${viewerId}))`.execute(
    db,
  );
  return rows[0];
}

/** An action, if the viewer has part in it or everybody may see it. */
export async function findAction(
  db: Database,
  workspaceId: string,
  viewerId: number,
  id: number,
): Promise<SeenAction | undefined> {
  const { rows } = await sql<SeenAction>`
    select a.title, a.due_on as "dueOn", a.state, o.name as owner, b.name as by,
      case when sees(r, ${viewerId}) then r.name end as rock
    from actions a
    join people o on o.id = a.owner_id
    join people b on b.id = a.by_id
    left join rocks r on r.id = a.rock_id
    where a.workspace_id = ${workspaceId} and a.id = ${id}
      and (${isActionForAll('a')} or ${viewerId}::bigint in (a.owner_id, a.by_id))`.execute(db);
  return rows[0];
}

/** The key of a cycle. */
export async function findCycleKey(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('cycles')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.key;
}
