import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import type { SnoozeReason } from './core/leaving.ts';

/** Of these key results of a prompt, those that are neither answered nor said to be somebody else's. */
export async function listOpenItems(tx: Tx, promptId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select i.key_result_id as id from prompt_items i
    where i.prompt_id = ${promptId} and i.disowned_at is null and not exists (select from check_ins a
      where a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id)
    order by i.key_result_id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Lets another prompt of the same occurrence ask about these. */
export async function moveItems(
  tx: Tx,
  occurrenceId: number,
  keyResultIds: readonly number[],
  toPersonId: number,
): Promise<void> {
  await sql`
    update prompt_items i set prompt_id = q.id, disowned_at = null from prompts q
    where q.occurrence_id = ${occurrenceId} and q.person_id = ${toPersonId}
      and i.occurrence_id = ${occurrenceId} and i.key_result_id = any(${keyResultIds}::bigint[])`.execute(tx);
}

/** They are not asked about these any more, unless they have answered. Gives what was taken out. */
export async function dropItems(
  tx: Tx,
  promptId: number,
  keyResultIds: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    delete from prompt_items i where i.prompt_id = ${promptId} and i.key_result_id = any(${keyResultIds}::bigint[])
      and not exists (select from check_ins a
        where a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id)
    returning i.key_result_id as id`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function markAway(tx: Tx, promptId: number, at: Temporal.Instant): Promise<void> {
  await tx.updateTable('prompts').set({ away_at: at.toString() }).where('id', '=', promptId).execute();
}

export async function saveSnooze(
  tx: Tx,
  promptId: number,
  until: Temporal.Instant,
  reason: SnoozeReason | null,
): Promise<void> {
  await tx
    .updateTable('prompts')
    .set((eb) => ({
      snoozed_until: until.toString(),
      asked_at: until.toString(),
      snoozes: eb('snoozes', '+', 1),
      snooze_reason: reason,
    }))
    .where('id', '=', promptId)
    .execute();
}
