import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../platform/db/database.ts';

/** A key result that was asked about and not answered, with whom it was asked of. */
export type Unheard = {
  occurrenceId: number;
  keyResultId: number;
  personId: number;
  person: { slackId: string | null; name: string };
};

/**
 * Marks what was asked in these occurrences and not answered as outdated, once, and gives it. What was said not to be
 * somebody's own, and what is asked of who is away, is not.
 */
export async function markItemsOutdated(
  tx: Tx,
  occurrenceIds: readonly number[],
  at: Temporal.Instant,
): Promise<Unheard[]> {
  const { rows } = await sql<Unheard>`
    update prompt_items i set outdated_at = ${at.toString()}::timestamptz
    from prompts q join people p on p.id = q.person_id
    where q.id = i.prompt_id and i.occurrence_id = any(${occurrenceIds}::bigint[]) and q.away_at is null
      and i.disowned_at is null and i.outdated_at is null
      and not exists (select from check_ins a
        where a.occurrence_id = i.occurrence_id and a.key_result_id = i.key_result_id)
    returning i.occurrence_id as "occurrenceId", i.key_result_id as "keyResultId", q.person_id as "personId",
      json_build_object('slackId', p.slack_id, 'name', p.name) as person`.execute(tx);
  return rows;
}

/** These runs' reviewers have been told. Gives those that had not been before. */
export async function markReviewersTold(
  tx: Tx,
  occurrenceIds: readonly number[],
  at: Temporal.Instant,
): Promise<number[]> {
  const rows = await tx
    .updateTable('check_in_runs')
    .set({ outdated_told_at: at.toString() })
    .where('occurrence_id', 'in', occurrenceIds)
    .where('outdated_told_at', 'is', null)
    .returning('occurrence_id as id')
    .execute();
  return rows.map(({ id }) => id);
}
