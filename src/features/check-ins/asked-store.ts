import { sql } from 'kysely';
import type { Asked, Span } from '../../cadence/core/figures.ts';
import type { Database, Tx } from '../../platform/db/database.ts';

/**
 * What check-ins of a cadence have asked of people, and whether all of it was answered, whoever answered. Whoever is away
 * is not asked, nor is somebody whose morning has not come yet; what was passed on to a backup was asked of them.
 */
export async function listAsked(
  db: Database,
  workspaceId: string,
  cadenceId: number,
  { from, until }: Span,
): Promise<Asked[]> {
  const { rows } = await sql<Asked>`
    select p.occurrence_id as "occurrenceId", p.person_id as "personId", t.seconds, a."isAnswered",
      case when a."isAnswered" then greatest(0, extract(epoch from a.last_at - coalesce(p.asked_at, o.due_at)))::int end as waited,
      (case when p.nudge_message_id is null then 0 else 1 end
        + (select count(*) from daily_parts d where d.workspace_id = p.workspace_id
          and d.key = 'check-in-nudge:' || p.occurrence_id || ':' || p.person_id and d.said_at is not null))::int as nudges
    from prompts p join occurrences o on o.id = p.occurrence_id
    left join check_in_times t on t.occurrence_id = p.occurrence_id and t.person_id = p.person_id
    cross join lateral (
      select count(*) as items, count(*) = count(c.at) as "isAnswered", max(c.at) as last_at
      from prompt_items i left join lateral (select min(c.answered_at) as at from check_ins c
        where c.occurrence_id = i.occurrence_id and c.key_result_id = i.key_result_id) c on true
      where i.prompt_id = p.id and i.disowned_at is null
    ) a
    where o.workspace_id = ${workspaceId} and o.cadence_id = ${cadenceId}
      and o.due_at >= ${from.toString()}::timestamptz and o.due_at < ${until.toString()}::timestamptz
      and a.items > 0 and (a."isAnswered" or p.away_at is null)
      and (a."isAnswered" or p.snoozes > 0 or coalesce(p.asked_at, o.due_at) < ${until.toString()}::timestamptz)
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
