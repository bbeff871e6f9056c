import { sql } from 'kysely';
import type { Asked, Span } from '../../../cadence/core/figures.ts';
import type { Database } from '../../../platform/db/database.ts';
import { beganAt } from './audit-store.ts';

/**
 * Whom audits of a cadence have asked, and who confirmed or gave up something since. Somebody whose time has not come yet
 * is not among them. How long a press takes is not known.
 */
export async function listAuditsAskedIn(
  db: Database,
  workspaceId: string,
  cadenceId: number,
  { from, until }: Span,
): Promise<Asked[]> {
  const { rows } = await sql<Asked>`
    select q.occurrence_id as "occurrenceId", q.person_id as "personId", null as seconds,
      a.at is not null as "isAnswered",
      case when a.at is not null then greatest(0, extract(epoch from a.at - coalesce(d.at, ${beganAt})))::int end as waited,
      (select count(*) from daily_parts n where n.workspace_id = q.workspace_id
        and n.key = 'audit-nudge:' || q.occurrence_id || ':' || q.person_id and n.said_at is not null)::int as nudges
    from audit_prompts q join occurrences o on o.id = q.occurrence_id
    left join daily_parts d on d.workspace_id = q.workspace_id
      and d.key = 'audit:' || q.occurrence_id || ':' || q.person_id
    cross join lateral (
      select min(said.at) as at from stints s cross join lateral unnest(array[s.confirmed_at, s.ended_at]) said (at)
      where s.workspace_id = q.workspace_id and s.person_id = q.person_id
        and said.at >= ${beganAt} and said.at < coalesce(o.closed_at, 'infinity')
    ) a
    where o.workspace_id = ${workspaceId} and o.cadence_id = ${cadenceId}
      and o.due_at >= ${from.toString()}::timestamptz and o.due_at < ${until.toString()}::timestamptz
      and (a.at is not null or coalesce(d.at, ${beganAt}) < ${until.toString()}::timestamptz)
    order by 1, 2`.execute(db);
  return rows;
}
