import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';

/** What a person will be asked in an occurrence that is open, and has not been told yet. */
export type UntoldPrompt = {
  id: number;
  occurrenceId: number;
  occurrenceName: string;
  dueAt: Temporal.Instant;
  /** From when on a reminder is counted. */
  beginsAt: Temporal.Instant;
  closeAt: Temporal.Instant | null;
  nudgeAfter: string | null;
  messageId: number;
  nudgeMessageId: number | null;
  askedAt: Temporal.Instant;
  keyResultIds: number[];
};

/**
 * Locks the messages of prompts of a person of which nothing was sent or answered yet, the oldest first: while they
 * are held nobody sends them.
 */
export async function lockUntoldPrompts(
  tx: Tx,
  workspaceId: string,
  personId: number,
): Promise<UntoldPrompt[]> {
  const { rows } = await sql<UntoldPrompt>`
    select q.id, o.id as "occurrenceId", o.name as "occurrenceName", o.due_at as "dueAt",
      greatest(o.due_at, o.planned_at) as "beginsAt", o.close_at as "closeAt", c.nudge_after as "nudgeAfter",
      q.message_id as "messageId", q.nudge_message_id as "nudgeMessageId", d.due_at as "askedAt",
      array(select key_result_id from prompt_items i where i.prompt_id = q.id order by key_result_id) as "keyResultIds"
    from prompts q
    join occurrences o on o.id = q.occurrence_id and o.state = 'open'
    join cadences c on c.id = o.cadence_id
    join deliveries d on d.message_id = q.message_id and d.state = 'pending'
    where q.workspace_id = ${workspaceId} and q.person_id = ${personId}
      and not exists (select from prompt_items i join check_ins a
        on a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id where i.prompt_id = q.id)
    order by o.id
    for update of d`.execute(tx);
  return rows;
}

/** They are asked nothing in it any more. */
export async function deletePrompt(tx: Tx, promptId: number): Promise<void> {
  await tx.deleteFrom('prompt_items').where('prompt_id', '=', promptId).execute();
  await tx.deleteFrom('prompts').where('id', '=', promptId).execute();
}

/** Somebody who is asked in an occurrence already is asked about these too. */
export async function addToPrompt(
  tx: Tx,
  workspaceId: string,
  occurrenceId: number,
  personId: number,
  keyResultIds: readonly number[],
): Promise<void> {
  await sql`
    insert into prompt_items (workspace_id, prompt_id, occurrence_id, key_result_id)
    select q.workspace_id, q.id, q.occurrence_id, k.id
    from prompts q cross join unnest(${keyResultIds}::bigint[]) as k (id)
    where q.workspace_id = ${workspaceId} and q.occurrence_id = ${occurrenceId} and q.person_id = ${personId}`.execute(
    tx,
  );
}

/** One more person is away in an occurrence than was when it was planned. */
export async function countAway(tx: Tx, occurrenceId: number): Promise<void> {
  await tx
    .updateTable('check_in_runs')
    .set((eb) => ({ away: eb('away', '+', 1) }))
    .where('occurrence_id', '=', occurrenceId)
    .execute();
}
