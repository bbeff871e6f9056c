import type { Database } from '../../platform/db/database.ts';

/** The objective that a key result belongs to. */
export async function objectiveOf(
  db: Database,
  workspaceId: string,
  keyResultId: number,
): Promise<number | null> {
  const row = await db
    .selectFrom('key_results')
    .select('objective_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyResultId)
    .executeTakeFirst();
  return row?.objective_id ?? null;
}

/** The rock that a handoff is about. */
export async function rockOfHandoff(
  db: Database,
  workspaceId: string,
  handoffId: number,
): Promise<number | null> {
  const row = await db
    .selectFrom('handoffs')
    .select('rock_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', handoffId)
    .executeTakeFirst();
  return row?.rock_id ?? null;
}
