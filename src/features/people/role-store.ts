import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';

/** Whether somebody leads a team that the person is a member of, or the team of a rock that the person owns. */
export async function leadsPerson(
  db: Database,
  workspaceId: string,
  leadId: number,
  personId: number,
): Promise<boolean> {
  const { rows } = await sql<{ leads: boolean }>`
    select exists (
      select from teams t where t.workspace_id = ${workspaceId} and t.lead_id = ${leadId} and (
        exists (select from team_members m where m.team_id = t.id and m.person_id = ${personId})
        or exists (select from rocks r join stints s on s.rock_id = r.id and s.ended_at is null
          where r.team_id = t.id and s.person_id = ${personId}))) as leads`.execute(db);
  return rows[0]?.leads === true;
}

/** Whether somebody leads a team. */
export async function leadsTeam(
  db: Database,
  workspaceId: string,
  teamId: number | null,
  personId: number,
): Promise<boolean> {
  if (teamId === null) return false;
  const team = await db
    .selectFrom('teams')
    .select('lead_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId)
    .executeTakeFirst();
  return team?.lead_id === personId;
}

/** Whether somebody leads a team, whichever. */
export async function leadsAnyTeam(db: Database, workspaceId: string, personId: number): Promise<boolean> {
  const team = await db
    .selectFrom('teams')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('lead_id', '=', personId)
    .limit(1)
    .executeTakeFirst();
  return team !== undefined;
}
