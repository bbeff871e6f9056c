import { sql } from 'kysely';
import type { Asked, Span } from '../../cadence/core/figures.ts';
import type { Database, Tx } from '../../platform/db/database.ts';

/** What check-ins of a cadence asked of people, and whether all of it was answered, whoever answered. */
export async function listAsked(
  db: Database,
  workspaceId: string,
  cadenceId: number,
  { from, until }: Span,
): Promise<Asked[]> {
  const { rows } = await sql<Asked>`
    select p.occurrence_id as "occurrenceId", p.person_id as "personId", t.seconds,
      not exists (select from prompt_items i where i.prompt_id = p.id and i.disowned_at is null
        and not exists (select from check_ins c where c.occurrence_id = i.occurrence_id
          and c.key_result_id = i.key_result_id)) as "isAnswered",
      (case when p.nudge_message_id is null then 0 else 1 end
        + (select count(*) from daily_parts d where d.workspace_id = p.workspace_id
          and d.key = 'check-in-nudge:' || p.occurrence_id || ':' || p.person_id and d.said_at is not null))::int as nudges
    from prompts p join occurrences o on o.id = p.occurrence_id
    left join check_in_times t on t.occurrence_id = p.occurrence_id and t.person_id = p.person_id
    where o.workspace_id = ${workspaceId} and o.cadence_id = ${cadenceId}
      and o.due_at >= ${from.toString()}::timestamptz and o.due_at < ${until.toString()}::timestamptz
      and exists (select from prompt_items i where i.prompt_id = p.id)
    order by 1, 2`.execute(db);
  return rows;
}

/** Longer than this a form was left open over something else. */
const longestSeconds = 30 * 60;

/** Adds for how long somebody had a check-in open before they sent it off; of an evening, half an hour counts. */
export async function addTime(
  tx: Tx,
  workspaceId: string,
  { occurrenceId, personId, seconds }: { occurrenceId: number; personId: number; seconds: number },
): Promise<void> {
  const taken = Math.min(Math.max(1, Math.round(seconds)), longestSeconds);
  await sql`
    insert into check_in_times as t (workspace_id, occurrence_id, person_id, seconds)
    values (${workspaceId}, ${occurrenceId}, ${personId}, ${taken})
    on conflict (occurrence_id, person_id) do update set seconds = least(t.seconds + excluded.seconds, 36000)`.execute(
    tx,
  );
}
