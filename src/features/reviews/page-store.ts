import type { Database, Tx } from '../../platform/db/database.ts';

export async function insertPage(
  tx: Tx,
  page: { workspaceId: string; occurrenceId: number; number: number; messageId: number },
): Promise<void> {
  await tx
    .insertInto('review_pages')
    .values({
      workspace_id: page.workspaceId,
      occurrence_id: page.occurrenceId,
      number: page.number,
      message_id: page.messageId,
    })
    .execute();
}

export async function listPages(
  db: Database,
  occurrenceId: number,
): Promise<{ number: number; messageId: number }[]> {
  return await db
    .selectFrom('review_pages')
    .select(['number', 'message_id as messageId'])
    .where('occurrence_id', '=', occurrenceId)
    .orderBy('number')
    .execute();
}
