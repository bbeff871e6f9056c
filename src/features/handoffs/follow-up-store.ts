import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';

export type FollowUpAnswer = 'still-asked' | 'let-go' | 'missing' | 'complete';

/** A question to one of the two, after a handoff. */
export type FollowUp = {
  id: number;
  handoffId: number;
  personId: number;
  day: 7 | 30;
  answer: FollowUpAnswer | null;
};

/** Keeps that somebody is asked; undefined when they were before. */
export async function insertFollowUp(
  tx: Tx,
  asked: { workspaceId: string; handoffId: number; personId: number; day: 7 | 30; at: Temporal.Instant },
): Promise<number | undefined> {
  const row = await tx
    .insertInto('follow_ups')
    .values({
      workspace_id: asked.workspaceId,
      handoff_id: asked.handoffId,
      person_id: asked.personId,
      day: asked.day,
      asked_at: asked.at.toString(),
    })
    .onConflict((conflict) => conflict.columns(['handoff_id', 'person_id', 'day']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function findFollowUp(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<FollowUp | undefined> {
  return await db
    .selectFrom('follow_ups')
    .select(['id', 'handoff_id as handoffId', 'person_id as personId', 'day', 'answer'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Keeps an answer; false when it was given before. */
export async function saveAnswer(
  tx: Tx,
  id: number,
  answer: FollowUpAnswer,
  words: string | null,
  at: Temporal.Instant,
): Promise<boolean> {
  const saved = await tx
    .updateTable('follow_ups')
    .set({ answer, words, answered_at: at.toString() })
    .where('id', '=', id)
    .where('answer', 'is', null)
    .executeTakeFirst();
  return saved.numUpdatedRows > 0n;
}
