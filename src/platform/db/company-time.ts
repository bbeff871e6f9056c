import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from './database.ts';

/**
 * What time it is for the company: the database's clock plus the offset that only the playground turns.
 * Due moments, nudges and expiries live in it; leases and timeouts do not. Constant inside a transaction.
 */
export async function companyNow(db: Database, workspaceId: string): Promise<Temporal.Instant> {
  const row = await db
    .selectFrom('workspaces')
    .select(sql<Temporal.Instant>`now() + clock_offset`.as('now'))
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return row.now;
}

/** Turns the company's clock so that it now reads `instant`. For the playground alone. */
export async function turnCompanyClock(
  db: Database,
  workspaceId: string,
  instant: Temporal.Instant,
): Promise<void> {
  await db
    .updateTable('workspaces')
    .set({ clock_offset: sql<string>`${instant.toString()}::timestamptz - now()` })
    .where('id', '=', workspaceId)
    .execute();
}
