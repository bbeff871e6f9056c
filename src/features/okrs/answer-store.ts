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
export async function saveAnswered(
  tx: Tx,
  answers: readonly Answered[],
  at: Temporal.Instant,
): Promise<void> {
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
  await sql`
    update key_results set outdated_since = coalesce(outdated_since, ${at.toString()}::timestamptz)
    where workspace_id = ${workspaceId} and id = any(${keyResultIds}::bigint[])`.execute(tx);
}

/** Keeps another owner; whoever was the backup and owns it now is backup no more. Gives the owner before. */
export async function saveOwner(
  tx: Tx,
  workspaceId: string,
  keyResultId: number,
  ownerId: number,
): Promise<number | null> {
  const { rows } = await sql<{ before: number | null }>`
    update key_results k set owner_id = ${ownerId}::bigint, backup_id = nullif(k.backup_id, ${ownerId}::bigint)
    from (select id, owner_id from key_results where workspace_id = ${workspaceId} and id = ${keyResultId}
      for update) b
    where k.id = b.id returning b.owner_id as before`.execute(tx);
  return rows[0]?.before ?? null;
}

/** Keeps what an answer of the past says where no later one is known; its value counts where none is there yet, too. */
export async function savePastAnswers(
  tx: Tx,
  answers: readonly (Omit<Answered, 'dueOn'> & { at: Temporal.Instant })[],
): Promise<void> {
  const given = JSON.stringify(answers.map(({ at, ...answer }) => ({ ...answer, at: at.toString() })));
  await sql`
    update key_results k set current_value = g.value, start_value = coalesce(k.start_value, g.value),
      confidence = g.confidence, answered_at = g.at, health_overruled = g.health, health_words = g."healthWords"
    from (
      select distinct on ("keyResultId") * from json_to_recordset(${given}::json) as g ("keyResultId" bigint,
        value numeric, confidence smallint, health text, "healthWords" text, at timestamptz)
      order by "keyResultId", at desc) g
    where k.id = g."keyResultId" and (k.answered_at is null or k.answered_at < g.at)`.execute(tx);
}
