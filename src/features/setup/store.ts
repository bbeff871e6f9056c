import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/database.ts';

export type SettingsRow = {
  backpackLimit: number;
  releaseAfterHours: number;
  productOperations: { id: number; slackId: string | null; name: string } | null;
  leaders: { id: number; slackId: string | null; name: string } | null;
};

export async function getSettings(db: Database, workspaceId: string): Promise<SettingsRow> {
  const channel = (column: string) =>
    sql<SettingsRow['leaders']>`(select json_build_object('id', c.id, 'slackId', c.slack_id, 'name', c.name)
      from channels c where c.id = ${sql.ref(column)})`;
  return await db
    .selectFrom('workspaces as w')
    .select([
      'w.backpack_limit as backpackLimit',
      'w.release_after_hours as releaseAfterHours',
      channel('w.product_operations_channel_id').as('productOperations'),
      channel('w.leaders_channel_id').as('leaders'),
    ])
    .where('w.id', '=', workspaceId)
    .executeTakeFirstOrThrow();
}

/** Of two who set up at once the second waits, and sees what the first has set. */
export async function lockWorkspace(tx: Tx, workspaceId: string): Promise<void> {
  await tx
    .selectFrom('workspaces')
    .select('id')
    .where('id', '=', workspaceId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

export async function saveSettings(
  tx: Tx,
  workspaceId: string,
  settings: {
    backpackLimit: number;
    releaseAfterHours: number;
    productOperationsId: number | null;
    leadersId: number | null;
  },
): Promise<void> {
  await tx
    .updateTable('workspaces')
    .set({
      backpack_limit: settings.backpackLimit,
      release_after_hours: settings.releaseAfterHours,
      product_operations_channel_id: settings.productOperationsId,
      leaders_channel_id: settings.leadersId,
    })
    .where('id', '=', workspaceId)
    .execute();
}

/** Ids of who was named an admin here, and whether Slack has admins who are there. */
export async function listAdmins(
  db: Database,
  workspaceId: string,
): Promise<{ named: number[]; hasSlackAdmins: boolean }> {
  const { rows } = await sql<{ named: number[]; hasSlackAdmins: boolean }>`
    select array(select id from people where workspace_id = ${workspaceId} and is_admin order by name, id) as named,
      exists (select from people where workspace_id = ${workspaceId} and is_slack_admin and deactivated_at is null
        and kind = 'member') as "hasSlackAdmins"`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a statement without a table gave no row');
  return row;
}

/** These are the named admins from now on, and nobody else. */
export async function saveAdmins(tx: Tx, workspaceId: string, ids: readonly number[]): Promise<void> {
  await sql`
    update people set is_admin = id = any(${ids}::bigint[])
    where workspace_id = ${workspaceId} and is_admin <> (id = any(${ids}::bigint[]))`.execute(tx);
}

export async function listTeams(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; key: string; name: string }[]> {
  return await db
    .selectFrom('teams')
    .select(['id', 'key', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export type TeamRow = { id: number; key: string; name: string; leadId: number | null; memberIds: number[] };

/** Undefined when there is none. */
export async function findTeam(
  db: Database,
  workspaceId: string,
  teamId: number,
): Promise<TeamRow | undefined> {
  return await teams(db, workspaceId, teamId).executeTakeFirst();
}

/** The same, locked. */
export async function lockTeam(tx: Tx, workspaceId: string, teamId: number): Promise<TeamRow | undefined> {
  return await teams(tx, workspaceId, teamId).forNoKeyUpdate().executeTakeFirst();
}

/** These are its members and its lead from now on. */
export async function saveTeam(
  tx: Tx,
  workspaceId: string,
  teamId: number,
  { leadId, memberIds }: { leadId: number | null; memberIds: readonly number[] },
): Promise<void> {
  await tx.updateTable('teams').set({ lead_id: leadId }).where('id', '=', teamId).execute();
  await tx.deleteFrom('team_members').where('team_id', '=', teamId).execute();
  if (memberIds.length === 0) return;
  await tx
    .insertInto('team_members')
    .values(memberIds.map((id) => ({ workspace_id: workspaceId, team_id: teamId, person_id: id })))
    .execute();
}

function teams(db: Database, workspaceId: string, teamId: number) {
  return db
    .selectFrom('teams')
    .select([
      'id',
      'key',
      'name',
      'lead_id as leadId',
      sql<
        number[]
      >`array(select person_id from team_members m where m.team_id = teams.id order by person_id)`.as(
        'memberIds',
      ),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', teamId);
}
