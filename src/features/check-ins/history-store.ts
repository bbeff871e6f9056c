import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { Past } from './core/past.ts';

export type HistoryRow = Past & { keyResultId: number };

/** The answers for these key results, the earliest first. */
export async function listHistory(
  db: Database,
  workspaceId: string,
  keyResultIds: readonly number[],
): Promise<HistoryRow[]> {
  const { rows } = await sql<HistoryRow>`
    select a.key_result_id as "keyResultId", (a.answered_at at time zone 'UTC')::date as "on", a.value,
      a.confidence, a.health, a.words, a.is_late as "isLate",
      json_build_object('slackId', p.slack_id, 'name', p.name) as person
    from check_ins a join people p on p.id = a.person_id
    where a.workspace_id = ${workspaceId} and a.key_result_id = any(${keyResultIds}::bigint[])
    order by a.key_result_id, a.answered_at, a.id`.execute(db);
  return rows;
}
