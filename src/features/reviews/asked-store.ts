import { sql } from 'kysely';
import type { Asked, Span } from '../../cadence/core/figures.ts';
import type { Database } from '../../platform/db/database.ts';

/** A meeting that was not closed by anybody did not go on for so long, in seconds. */
const longestSeconds = 2 * 3_600;

/**
 * Who was asked the questions of reviews of a cadence, and who took part in them: closed one, put a line off, or has a
 * decision or an action from it. Whoever took part was there from the beginning to the end.
 */
export async function listReviewsAsked(
  db: Database,
  workspaceId: string,
  cadenceId: number,
  { from, until }: Span,
): Promise<Asked[]> {
  const { rows } = await sql<Asked>`
    with held as (
      select v.occurrence_id, v.workspace_id, v.ended_by, o.due_at, v.ended_at
      from reviews v join occurrences o on o.id = v.occurrence_id
      where o.workspace_id = ${workspaceId} and o.cadence_id = ${cadenceId}
        and o.due_at >= ${from.toString()}::timestamptz and o.due_at < ${until.toString()}::timestamptz
    ), there as (
      select occurrence_id, ended_by as person_id from held where ended_by is not null
      union select l.occurrence_id, l.deferred_by from held h join agenda_lines l using (occurrence_id)
        where l.deferred_by is not null
      union select l.occurrence_id, who from held h join agenda_lines l using (occurrence_id)
        join decisions d on d.line_id = l.id
        cross join lateral unnest(array[d.driver_id, d.approver_id, d.decided_by]) who where who is not null
      union select l.occurrence_id, who from held h join agenda_lines l using (occurrence_id)
        join actions a on a.line_id = l.id
        cross join lateral unnest(array[a.owner_id, a.by_id]) who where who is not null
    )
    select h.occurrence_id as "occurrenceId", who.person_id as "personId",
      coalesce(a.answered_at is not null, false) or t.person_id is not null as "isAnswered",
      (select count(*) from daily_parts d where d.workspace_id = h.workspace_id
        and d.key = 'ritual-nudge:' || h.occurrence_id || ':' || who.person_id and d.said_at is not null)::int as nudges,
      case when t.person_id is not null and h.ended_at > h.due_at
        then least(extract(epoch from h.ended_at - h.due_at), ${longestSeconds})::int end as seconds,
      case when a.answered_at is not null
        then greatest(0, extract(epoch from a.answered_at - a.asked_at))::int end as waited
    from held h
    cross join lateral (
      select person_id from ritual_answers where occurrence_id = h.occurrence_id
      union select person_id from there where occurrence_id = h.occurrence_id
    ) who
    left join ritual_answers a on a.occurrence_id = h.occurrence_id and a.person_id = who.person_id
    left join there t on t.occurrence_id = h.occurrence_id and t.person_id = who.person_id
    order by 1, 2`.execute(db);
  return rows;
}
