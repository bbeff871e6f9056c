import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import type { SaidHealth } from './core/health.ts';

/** What a check-in says of a key result. */
export type Answered = {
  keyResultId: number;
  value: number;
  /** 0 to 10. */
  confidence: number;
  health: SaidHealth | null;
  healthWords: string | null;
  /** Its date from now on; null: it has none, or it stays. */
  dueOn: string | null;
};

/**
 * Keeps what was answered, in one statement: the first value of a baseline is its start too, a later date counts as a slip,
 * and what was outdated is not any more.
 */
export async function saveAnswered(tx: Tx, answers: readonly Answered[], at: Temporal.Instant): Promise<void> {
  await sql`
    update key_results k set current_value = g.value, start_value = coalesce(k.start_value, g.value),
      confidence = g.confidence, answered_at = ${at.toString()}::timestamptz, outdated_since = null,
      health_overruled = g.health, health_words = g."healthWords",
      slips = k.slips + case when g."dueOn" > k.due_on then 1 else 0 end,
      due_on = case when k.due_on is null then null else coalesce(g."dueOn", k.due_on) end
    from json_to_recordset(${JSON.stringify(answers)}::json) as g ("keyResultId" bigint, value numeric,
      confidence smallint, health text, "healthWords" text, "dueOn" date)
    where k.id = g."keyResultId"`.execute(tx);
}

/** Nobody answered for these although they were asked and reminded. */
export async function saveOutdated(
  tx: Tx,
  workspaceId: string,
  keyResultIds: readonly number[],
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('key_results')
    .set((eb) => ({ outdated_since: eb.fn.coalesce('outdated_since', eb.val(at.toString())) }))
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', keyResultIds)
    .execute();
}
