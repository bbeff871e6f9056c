import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';

export type NewDoubt = {
  workspaceId: string;
  occurrenceId: number;
  keyResultId: number;
  reviewerId: number;
  at: Temporal.Instant;
};

/** Keeps that reviewers are told of doubts. Gives the key results of which they had not been told in this run. */
export async function saveDoubts(tx: Tx, doubts: readonly NewDoubt[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into doubts (workspace_id, occurrence_id, key_result_id, told_person_id, told_at)
    select "workspaceId", "occurrenceId", "keyResultId", "reviewerId", at
    from json_to_recordset(${JSON.stringify(doubts)}::json) as g ("workspaceId" text, "occurrenceId" bigint,
      "keyResultId" bigint, "reviewerId" bigint, at timestamptz)
    on conflict do nothing
    returning key_result_id as id`.execute(tx);
  return rows.map(({ id }) => id);
}
