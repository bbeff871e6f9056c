import type { Database } from '../platform/db/database.ts';

/**
 * The fake of Slack begins empty at every start while the database remembers: whatever Cairn had said goes out
 * again, as it reads now and into its threads, so that open check-ins and offers can still be pressed; Homes too.
 */
export async function repost(db: Database, workspaceId: string): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      state: 'pending',
      lease: null,
      leased_until: null,
      not_before: null,
      slack_channel: null,
      slack_ts: null,
      shown_revision: 0,
    })
    .where('workspace_id', '=', workspaceId)
    .where('state', 'in', ['sent', 'sending', 'unknown'])
    .execute();
  await db
    .updateTable('homes')
    .set((eb) => ({ shown: null, wanted_revision: eb('wanted_revision', '+', 1) }))
    .where('workspace_id', '=', workspaceId)
    .execute();
  await db
    .updateTable('people')
    .set({ direct_channel: null })
    .where('workspace_id', '=', workspaceId)
    .execute();
}
