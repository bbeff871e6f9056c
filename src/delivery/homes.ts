import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';

/**
 * Says that the Homes of these people read differently from now on, in the transaction of the change, so that none
 * is forgotten, whatever becomes of the process. People who never opened theirs have none, and cost nothing.
 */
export async function markHomes(tx: Tx, workspaceId: string, personIds: readonly number[]): Promise<void> {
  if (personIds.length === 0) return;
  // Locked in one order: two changes that concern the same two people must not wait for each other.
  await sql`
    update homes set wanted_revision = wanted_revision + 1
    where (workspace_id, person_id) in (
      select workspace_id, person_id from homes
      where workspace_id = ${workspaceId} and person_id = any(${personIds}::bigint[])
      order by person_id for update)`.execute(tx);
}

/** The same for everybody's, after a change that may concern anybody. */
export async function markAllHomes(tx: Tx, workspaceId: string): Promise<void> {
  await sql`
    update homes set wanted_revision = wanted_revision + 1
    where (workspace_id, person_id) in (
      select workspace_id, person_id from homes where workspace_id = ${workspaceId}
      order by person_id for update)`.execute(tx);
}
