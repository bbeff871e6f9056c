import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';

const key = (workspaceId: string) => sql`hashtextextended(${`absences of ${workspaceId}`}, 0)`;

/**
 * Whom an occurrence asks is decided by who is away then. Until the end of this transaction nobody's absence begins or
 * ends; several may plan at once. Taken before any occurrence is locked, as by `changeAbsences`.
 */
export async function holdAbsences(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${key(workspaceId)})`.execute(tx);
}

/**
 * Somebody is about to say when they are away: waits for what is just being planned, so that it is either planned with
 * that or seen by whoever passes on what was planned without it.
 */
export async function changeAbsences(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${key(workspaceId)})`.execute(tx);
}
