import { sql } from 'kysely';
import type { Database } from '../platform/db/database.ts';

/** The direct channel with a person, if it was opened before. */
export async function findDirectChannel(db: Database, personId: number): Promise<string | null> {
  const person = await db
    .selectFrom('people')
    .select('direct_channel')
    .where('id', '=', personId)
    .executeTakeFirst();
  return person?.direct_channel ?? null;
}

/** Keeps the direct channel that was opened with a person. */
export async function saveDirectChannel(db: Database, personId: number, channel: string): Promise<void> {
  await db.updateTable('people').set({ direct_channel: channel }).where('id', '=', personId).execute();
}

/**
 * Keeps the id of a channel that was known by its name alone, unless another one has it. Slack has just taken a message
 * there, so Cairn is in it.
 */
export async function saveChannelId(db: Database, channelId: number, slackId: string): Promise<void> {
  await sql`
    update channels set slack_id = ${slackId}, has_cairn = true
    where id = ${channelId} and slack_id is null
      and not exists (select 1 from channels other
        where other.workspace_id = channels.workspace_id and other.slack_id = ${slackId})`.execute(db);
}
