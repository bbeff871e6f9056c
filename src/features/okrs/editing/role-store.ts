import { sql } from 'kysely';
import type { Role } from '../../../permission/permissions.ts';
import type { Database } from '../../../platform/db/database.ts';

type Own = Extract<Role, 'owner' | 'backup' | 'lead'>;
type Row = { isOwner: boolean | null; isBackup: boolean | null; isLead: boolean | null };

/** Whether somebody owns an objective, and leads its team. */
export async function findRolesOnObjective(
  db: Database,
  objectiveId: number,
  personId: number,
): Promise<Own[]> {
  const { rows } = await sql<Row>`
    select o.owner_id = ${personId} as "isOwner", false as "isBackup", t.lead_id = ${personId} as "isLead"
    from objectives o left join teams t on t.id = o.team_id where o.id = ${objectiveId}`.execute(db);
  return rolesOf(rows[0]);
}

/** Whether somebody owns a key result or its objective, stands in for its owner, and leads its objective's team. */
export async function findRolesOnKeyResult(
  db: Database,
  keyResultId: number,
  personId: number,
): Promise<Own[]> {
  const { rows } = await sql<Row>`
    select coalesce(k.owner_id = ${personId}, false) or coalesce(o.owner_id = ${personId}, false) as "isOwner",
      k.backup_id = ${personId} as "isBackup", t.lead_id = ${personId} as "isLead"
    from key_results k join objectives o on o.id = k.objective_id left join teams t on t.id = o.team_id
    where k.id = ${keyResultId}`.execute(db);
  return rolesOf(rows[0]);
}

function rolesOf(row: Row | undefined): Own[] {
  return [
    ...(row?.isOwner === true ? (['owner'] as const) : []),
    ...(row?.isBackup === true ? (['backup'] as const) : []),
    ...(row?.isLead === true ? (['lead'] as const) : []),
  ];
}

export type Named = { slackId: string | null; name: string };

/** Whom to ask about an objective: its owner and its team's lead, as long as they are there. */
export async function findWhoMay(
  db: Database,
  objectiveId: number,
): Promise<{ owner: Named | null; lead: Named | null }> {
  const { rows } = await sql<{ owner: Named | null; lead: Named | null }>`
    select
      case when p.id is not null then json_build_object('slackId', p.slack_id, 'name', p.name) end as owner,
      case when l.id is not null then json_build_object('slackId', l.slack_id, 'name', l.name) end as lead
    from objectives o
    left join people p on p.id = o.owner_id and p.deactivated_at is null
    left join teams t on t.id = o.team_id
    left join people l on l.id = t.lead_id and l.deactivated_at is null
    where o.id = ${objectiveId}`.execute(db);
  return rows[0] ?? { owner: null, lead: null };
}
