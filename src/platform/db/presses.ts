import type { Database } from './database.ts';

/**
 * Claims a press whose effect lies outside the database. True for the first of a double click, false for
 * every later one with the same key.
 */
export async function claimPress(db: Database, workspaceId: string, key: string): Promise<boolean> {
  const result = await db
    .insertInto('presses')
    .values({ workspace_id: workspaceId, key })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}
