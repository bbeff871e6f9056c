import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { About, AboutKind } from './core/decision.ts';

type Row = About & { isOver: boolean; successor: string | null };

/** What a decision can be about, and whether it is over: of what the viewer sees. */
export async function findAbout(
  db: Database,
  workspaceId: string,
  { kind, id }: { kind: AboutKind; id: number },
  viewerId: number,
): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select 'rock' as kind, r.id, r.key, r.name, r.state = 'retired' as "isOver",
      (select s.name from rocks s where s.id = r.successor_id and (s.visibility = 'workspace' or sees(s, ${viewerId}))) as successor
    from rocks r where ${kind} = 'rock' and r.workspace_id = ${workspaceId} and r.id = ${id}
      and (r.visibility = 'workspace' or sees(r, ${viewerId}))
    union all
    select 'objective', o.id, o.key, o.title, o.state <> 'active', null
    from objectives o where ${kind} = 'objective' and o.workspace_id = ${workspaceId} and o.id = ${id}
      and sees_objective(o, ${viewerId})
    union all
    select 'item', i.id, i.key, i.title, false, null
    from roadmap_items i where ${kind} = 'item' and i.workspace_id = ${workspaceId} and i.id = ${id}`.execute(
    db,
  );
  return rows[0];
}

/** What is called so, or has it in its name: rocks, objectives and roadmap items that go on, as far as the viewer sees them. */
export async function searchAbout(
  db: Database,
  workspaceId: string,
  typed: string,
  viewerId: number,
  limit: number,
): Promise<About[]> {
  const like = `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<About>`
    select * from (
      select 'rock' as kind, r.id, r.key, r.name from rocks r
      where r.workspace_id = ${workspaceId} and r.state <> 'retired' and (r.name ilike ${like} or r.key ilike ${like})
        and (r.visibility = 'workspace' or sees(r, ${viewerId}))
      union all
      select 'item', i.id, i.key, i.title from roadmap_items i
      where i.workspace_id = ${workspaceId} and i.horizon <> 'stopped' and (i.title ilike ${like} or i.key ilike ${like})
      union all
      select 'objective', o.id, o.key, o.title from objectives o join cycles y on y.id = o.cycle_id
      where o.workspace_id = ${workspaceId} and o.state = 'active' and y.state <> 'closed'
        and (o.title ilike ${like} or o.key ilike ${like}) and sees_objective(o, ${viewerId})) a
    order by length(a.name), a.name, a.id limit ${limit}`.execute(db);
  return rows;
}
