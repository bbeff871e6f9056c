import { sql } from 'kysely';
import type { Database } from './database.ts';

/** As many old claims as one new claim clears away, so that none takes long. */
const clearedAtOnce = 100;

/**
 * Claims a press whose effect lies outside the database. True for the first of a double click, false for
 * every later one with the same key. Claims of more than a day ago are forgotten on the way.
 */
export async function claimPress(db: Database, workspaceId: string, key: string): Promise<boolean> {
  // Locked rows are being forgotten by somebody else: whoever claims waits for nobody.
  await sql`delete from presses where (workspace_id, key) in (
    select workspace_id, key from presses
    where workspace_id = ${workspaceId} and pressed_at < now() - interval '1 day'
    limit ${clearedAtOnce} for update skip locked)`.execute(db);
  const result = await db
    .insertInto('presses')
    .values({ workspace_id: workspaceId, key })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Gives a claim back whose effect failed, so that pressing again works. */
export async function releasePress(db: Database, workspaceId: string, key: string): Promise<void> {
  await db.deleteFrom('presses').where('workspace_id', '=', workspaceId).where('key', '=', key).execute();
}
