import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Absence } from './core/absence.ts';

/** An absence as it is kept. */
export type KeptAbsence = Absence & { id: number };

/** When a person is away from `since` on, the soonest first. */
export async function listAbsences(
  db: Database,
  workspaceId: string,
  personId: number,
  since: Temporal.PlainDate,
): Promise<KeptAbsence[]> {
  return await db
    .selectFrom('absences')
    .select(['id', 'starts_on as from', 'ends_on as until'])
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('ends_on', '>=', sql<Temporal.PlainDate>`${since.toString()}::date`)
    .orderBy('starts_on')
    .orderBy('id')
    .execute();
}

/** The same, locked: of two that change them at once the second waits and sees what the first has made. */
export async function lockAbsences(
  tx: Tx,
  workspaceId: string,
  personId: number,
  since: Temporal.PlainDate,
): Promise<KeptAbsence[]> {
  await tx
    .selectFrom('people')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', personId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return await listAbsences(tx, workspaceId, personId, since);
}

/** One absence in place of those that it takes in. */
export async function replaceAbsences(
  tx: Tx,
  workspaceId: string,
  personId: number,
  { from, until }: Absence,
  replaced: readonly KeptAbsence[],
): Promise<void> {
  for (const { id } of replaced) await deleteAbsence(tx, id);
  await tx
    .insertInto('absences')
    .values({
      workspace_id: workspaceId,
      person_id: personId,
      starts_on: from.toString(),
      ends_on: until.toString(),
    })
    .execute();
}

export async function deleteAbsence(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom('absences').where('id', '=', id).execute();
}

/** Its last day is another one from now on. */
export async function saveLastDay(tx: Tx, id: number, until: Temporal.PlainDate): Promise<void> {
  await tx.updateTable('absences').set({ ends_on: until.toString() }).where('id', '=', id).execute();
}
