import { sql } from 'kysely';
import type { Role } from '../../permission/permissions.ts';
import type { Database } from '../../platform/db/database.ts';

/** Whether somebody owns a rock now, stands in for its owner, and leads its team. */
export async function findRolesOnRock(
  db: Database,
  workspaceId: string,
  personId: number,
  rockId: number,
): Promise<Extract<Role, 'owner' | 'backup' | 'lead'>[]> {
  const { rows } = await sql<{ isOwner: boolean; isBackup: boolean; isLead: boolean }>`
    select
      exists (select from stints s where s.rock_id = r.id and s.ended_at is null and s.person_id = ${personId})
        as "isOwner",
      exists (select from rock_backups b where b.rock_id = r.id and b.person_id = ${personId}) as "isBackup",
      exists (select from teams t where t.id = r.team_id and t.lead_id = ${personId}) as "isLead"
    from rocks r where r.workspace_id = ${workspaceId} and r.id = ${rockId}`.execute(db);
  const [row] = rows;
  if (row === undefined) return [];
  return [
    ...(row.isOwner ? (['owner'] as const) : []),
    ...(row.isBackup ? (['backup'] as const) : []),
    ...(row.isLead ? (['lead'] as const) : []),
  ];
}
