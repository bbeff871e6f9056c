import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { SeenAction } from './core/seen.ts';
import { isActionForAll } from './seen-sql.ts';

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
