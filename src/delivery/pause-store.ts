import { sql } from 'kysely';
import type { Database } from '../platform/db/database.ts';
import type { BudgetName } from '../platform/db/tables.ts';
import { ms } from './claim-store.ts';

/** Slack asked to wait: nobody makes such a call before that is over. A shorter wait does not end a longer one. */
export async function savePause(
  db: Database,
  workspaceId: string,
  name: BudgetName,
  pauseMs: number,
): Promise<void> {
  await sql`
    insert into pauses (workspace_id, name, until) values (${workspaceId}, ${name}, machine_now() + ${ms(pauseMs)})
    on conflict (workspace_id, name) do update set until = greatest(pauses.until, excluded.until)`.execute(
    db,
  );
}

/** Whether Slack has asked to wait with such calls, and that is not over. */
export async function isPaused(db: Database, workspaceId: string, name: BudgetName): Promise<boolean> {
  const { rows } = await sql<{ paused: boolean }>`
    select until > machine_now() as paused from pauses
    where workspace_id = ${workspaceId} and name = ${name}`.execute(db);
  return rows[0]?.paused === true;
}
