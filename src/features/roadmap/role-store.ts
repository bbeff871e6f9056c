import { sql } from 'kysely';
import type { Role } from '../../permission/permissions.ts';
import type { Database } from '../../platform/db/database.ts';
import type { PersonRef } from './core/item.ts';

/** Whether somebody owns an item, owns its rock (and so stands in for its owner), and leads its team. */
export async function findRolesOnItem(
  db: Database,
  workspaceId: string,
  itemId: number,
  personId: number,
): Promise<Extract<Role, 'owner' | 'backup' | 'lead'>[]> {
  const { rows } = await sql<{ isOwner: boolean; isBackup: boolean; isLead: boolean }>`
    select coalesce(i.owner_id = ${personId}, false) as "isOwner", coalesce(t.lead_id = ${personId}, false) as "isLead",
      exists (select from stints s where s.rock_id = i.rock_id and s.ended_at is null and s.person_id = ${personId})
        as "isBackup"
    from roadmap_items i left join teams t on t.id = i.team_id
    where i.workspace_id = ${workspaceId} and i.id = ${itemId}`.execute(db);
  const [row] = rows;
  return [
    ...(row?.isOwner === true ? (['owner'] as const) : []),
    ...(row?.isBackup === true ? (['backup'] as const) : []),
    ...(row?.isLead === true ? (['lead'] as const) : []),
  ];
}

/** Whom to ask about an item: its owner, the owner of its rock where the viewer sees it, and its team's lead, as long as they are there. */
export async function listWhoMay(
  db: Database,
  workspaceId: string,
  itemId: number,
  viewerId: number,
): Promise<PersonRef[]> {
  const { rows } = await sql<PersonRef>`
    select p.id, p.slack_id as "slackId", p.name from (
      select i.owner_id as id, 1 as place from roadmap_items i
      where i.workspace_id = ${workspaceId} and i.id = ${itemId}
      union all
      select s.person_id, 2 from roadmap_items i
      join rocks r on r.id = i.rock_id and sees(r, ${viewerId})
      join stints s on s.rock_id = r.id and s.ended_at is null
      where i.workspace_id = ${workspaceId} and i.id = ${itemId}
      union all
      select t.lead_id, 3 from roadmap_items i join teams t on t.id = i.team_id
      where i.workspace_id = ${workspaceId} and i.id = ${itemId}) may
    join people p on p.id = may.id and p.deactivated_at is null
    group by p.id, p.slack_id, p.name order by min(may.place), p.id`.execute(db);
  return rows;
}
