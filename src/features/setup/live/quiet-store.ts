import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';

/**
 * From now on nobody is messaged but admins, until teams go live. For a workspace in which nobody was messaged before:
 * one that is quiet already, or in which a team is live, is left as it is.
 */
export async function beginQuiet(tx: Tx, workspaceId: string, at: Temporal.Instant): Promise<void> {
  await sql`
    update workspaces w set quiet_since = ${at.toString()}
    where w.id = ${workspaceId} and w.quiet_since is null
      and not exists (select from teams t where t.workspace_id = w.id and t.live_at is not null)`.execute(tx);
}

/** From now on everybody is messaged. */
export async function endQuiet(tx: Tx, workspaceId: string): Promise<void> {
  await tx.updateTable('workspaces').set({ quiet_since: null }).where('id', '=', workspaceId).execute();
}

/** Whether only admins and teams that went live are messaged. */
export async function isQuiet(db: Database, workspaceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('workspaces')
    .select((eb) => eb('quiet_since', 'is not', null).$castTo<boolean>().as('isQuiet'))
    .where('id', '=', workspaceId)
    .executeTakeFirst();
  return row?.isQuiet === true;
}
