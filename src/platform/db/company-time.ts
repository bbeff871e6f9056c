import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from './database.ts';

/**
 * What time it is for the company: the database's clock plus the offset that only the playground turns, or the
 * moment at which the playground has stopped it. Due moments, nudges and expiries live in it; leases and timeouts
 * do not. Constant inside a transaction. A statement that needs it asks Postgres's `company_now(workspaces)`.
 * Throws for a workspace that is not there.
 */
export async function companyNow(db: Database, workspaceId: string): Promise<Temporal.Instant> {
  return (await readCompanyClock(db, workspaceId)).now;
}

/** The same, with the company's zone, and whether its clock runs: only the playground's can stand still. */
export async function readCompanyClock(
  db: Database,
  workspaceId: string,
): Promise<{ now: Temporal.Instant; zone: string; isRunning: boolean }> {
  return await db
    .selectFrom('workspaces')
    .select((eb) => [
      sql<Temporal.Instant>`company_now(workspaces)`.as('now'),
      'timezone as zone',
      eb('clock_stopped_at', 'is', null).$castTo<boolean>().as('isRunning'),
    ])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
}

/** Turns the company's clock so that it now reads `instant`; it goes on from there only if it ran before. For the playground alone. */
export async function turnCompanyClock(
  db: Database,
  workspaceId: string,
  instant: Temporal.Instant,
): Promise<void> {
  const shown = sql<string>`${instant.toString()}::timestamptz`;
  await db
    .updateTable('workspaces')
    .set({
      clock_offset: sql<string>`${shown} - now()`,
      clock_stopped_at: sql<string | null>`case when clock_stopped_at is not null then ${shown} end`,
    })
    .where('id', '=', workspaceId)
    .execute();
}

/** Lets the company's clock stand at what it shows; one that stands already stays where it is. For the playground alone. */
export async function stopCompanyClock(db: Database, workspaceId: string): Promise<void> {
  await db
    .updateTable('workspaces')
    .set({ clock_stopped_at: sql<string>`company_now(workspaces)` })
    .where('id', '=', workspaceId)
    .execute();
}

/** Lets the company's clock go on from where it stands; one that runs is left alone. For the playground alone. */
export async function startCompanyClock(db: Database, workspaceId: string): Promise<void> {
  await db
    .updateTable('workspaces')
    .set({ clock_offset: sql<string>`clock_stopped_at - now()`, clock_stopped_at: null })
    .where('id', '=', workspaceId)
    .where('clock_stopped_at', 'is not', null)
    .execute();
}
