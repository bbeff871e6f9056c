import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';
import type { Given } from './core/check-in.ts';

/** Answers of one person for one occurrence, or given early. */
export type NewAnswers = {
  workspaceId: string;
  /** Null: given early, until the next check-in takes it. */
  occurrenceId: number | null;
  personId: number;
  at: Temporal.Instant;
  isLate: boolean;
  answers: readonly (Given & { keyResultId: number; isSlip: boolean; isUnchanged: boolean })[];
};

/** Keeps answers in one statement; a second one for the same occurrence replaces what was said, and keeps when it came. */
export async function saveCheckIns(tx: Tx, given: NewAnswers): Promise<void> {
  const rows = given.answers.map(({ keyResultId, value, confidence, words, health, ...rest }) => ({
    key_result_id: keyResultId,
    value,
    confidence,
    words,
    health,
    health_words: health === null ? null : words,
    doubt_words: rest.doubtWords,
    due_on: rest.isSlip ? rest.dueOn : null,
    slip_words: rest.isSlip ? words : null,
    is_unchanged: rest.isUnchanged,
  }));
  const conflict =
    given.occurrenceId === null ? sql`(key_result_id) where is_early` : sql`(occurrence_id, key_result_id)`;
  await sql`
    insert into check_ins (workspace_id, occurrence_id, person_id, answered_at, is_late, is_early, key_result_id, value,
      confidence, words, health, health_words, doubt_words, due_on, slip_words, is_unchanged)
    select ${given.workspaceId}, ${given.occurrenceId}::bigint, ${given.personId}::bigint,
      ${given.at.toString()}::timestamptz, ${given.isLate}::boolean,
      ${given.occurrenceId === null}::boolean, g.*
    from json_to_recordset(${JSON.stringify(rows)}::json) as g (key_result_id bigint, value numeric,
      confidence smallint, words text, health text, health_words text, doubt_words text, due_on date,
      slip_words text, is_unchanged boolean)
    on conflict ${conflict} do update set value = excluded.value, confidence = excluded.confidence,
      words = excluded.words, health = excluded.health, health_words = excluded.health_words,
      doubt_words = coalesce(excluded.doubt_words, check_ins.doubt_words),
      due_on = coalesce(excluded.due_on, check_ins.due_on),
      slip_words = coalesce(excluded.slip_words, check_ins.slip_words),
      is_unchanged = excluded.is_unchanged, person_id = excluded.person_id,
      changed_at = excluded.answered_at`.execute(tx);
}

/** What was said early and before that is history, so that what is said now does not replace it. */
export async function keepOldEarlyAnswers(
  tx: Tx,
  keyResultIds: readonly number[],
  before: Temporal.Instant,
): Promise<void> {
  await sql`
    update check_ins set is_early = false
    where key_result_id = any(${keyResultIds}::bigint[]) and is_early and answered_at < ${before.toString()}`.execute(
    tx,
  );
}

/** Answers given early that a check-in takes when it begins: those from so long before, by key result. */
export async function takeEarlyAnswers(
  tx: Tx,
  asked: readonly { occurrenceId: number; keyResultId: number }[],
  since: Temporal.Instant,
): Promise<{ occurrenceId: number; keyResultId: number }[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<{ occurrenceId: number; keyResultId: number }>`
    with asked as (
      select distinct on ("keyResultId") "occurrenceId", "keyResultId"
      from json_to_recordset(${JSON.stringify(asked)}::json) as g ("occurrenceId" bigint, "keyResultId" bigint)
      order by "keyResultId", "occurrenceId")
    update check_ins c set occurrence_id = a."occurrenceId", is_early = false
    from asked a
    where c.key_result_id = a."keyResultId" and c.is_early and c.answered_at >= ${since.toString()}
    returning a."occurrenceId", a."keyResultId"`.execute(tx);
  return rows;
}
