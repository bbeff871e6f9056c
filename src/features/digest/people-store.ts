import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';

/** The channel of product operations, if it is one that Cairn can post to. */
export async function findOperationsChannel(
  db: Database,
  workspaceId: string,
): Promise<{ id: number; isPrivate: boolean } | undefined> {
  return await db
    .selectFrom('workspaces as w')
    .innerJoin('channels as c', 'c.id', 'w.product_operations_channel_id')
    .select(['c.id', 'c.is_private as isPrivate'])
    .where('w.id', '=', workspaceId)
    .where('c.has_cairn', '=', true)
    .where('c.archived_at', 'is', null)
    .executeTakeFirst();
}

type Told = { id: number; timezone: string };

/** The admins who are there. */
export async function listAdmins(db: Database, workspaceId: string): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select p.id, coalesce(p.timezone, w.timezone) as timezone from people p join workspaces w on w.id = p.workspace_id
    where p.workspace_id = ${workspaceId} and (p.is_admin or p.is_slack_admin) and p.kind = 'member'
      and p.slack_id is not null and p.deactivated_at is null
    order by p.id`.execute(db);
  return rows;
}

/** Those of some people who can be told something. */
export async function listTellable(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select p.id, coalesce(p.timezone, w.timezone) as timezone from people p join workspaces w on w.id = p.workspace_id
    where p.workspace_id = ${workspaceId} and p.id = any(${[...ids]}::bigint[]) and p.kind = 'member'
      and p.slack_id is not null and p.deactivated_at is null
    order by p.id`.execute(db);
  return rows;
}

/** Whether somebody leads a team. */
export async function leadsATeam(db: Database, workspaceId: string, personId: number): Promise<boolean> {
  const row = await db
    .selectFrom('teams')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('lead_id', '=', personId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether somebody owns a key result at this moment. */
export async function ownsKeyResult(
  db: Database,
  workspaceId: string,
  personId: number,
  keyResultId: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('key_results')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyResultId)
    .where('owner_id', '=', personId)
    .executeTakeFirst();
  return row !== undefined;
}
