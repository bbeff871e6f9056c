import { sql } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';

export type TeamRow = { id: number; name: string; isMine: boolean; isLed: boolean };

/** The workspace's teams by name, and whether the person is in them or leads them. */
export async function listTeams(db: Database, workspaceId: string, personId: number): Promise<TeamRow[]> {
  const { rows } = await sql<TeamRow>`
    select t.id, t.name, coalesce(t.lead_id = ${personId}, false) as "isLed",
      exists (select from team_members m where m.team_id = t.id and m.person_id = ${personId}) as "isMine"
    from teams t where t.workspace_id = ${workspaceId} order by t.name, t.id`.execute(db);
  return rows;
}

/** Whether one of these is no team of the workspace. */
export async function missingTeam(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<boolean> {
  if (ids.length === 0) return false;
  const known = await db
    .selectFrom('teams')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids)
    .execute();
  return known.length < new Set(ids).size;
}
