import { sql } from 'kysely';
import type { Asked, Span } from '../../../cadence/core/figures.ts';
import type { Database } from '../../../platform/db/database.ts';
import { beganAt } from './audit-store.ts';

/** Whom audits of a cadence asked, and who confirmed or gave up something since. How long a press takes is not known. */
export async function listAuditsAskedIn(
  db: Database,
  workspaceId: string,
  cadenceId: number,
  { from, until }: Span,
): Promise<Asked[]> {
  const { rows } = await sql<Asked>`
    select q.occurrence_id as "occurrenceId", q.person_id as "personId", null as seconds,
      exists (select from stints s where s.workspace_id = q.workspace_id and s.person_id = q.person_id
        and (s.confirmed_at >= ${beganAt} or s.ended_at >= ${beganAt})
        and coalesce(s.confirmed_at, s.ended_at) < coalesce(o.closed_at, 'infinity')) as "isAnswered",
      (select count(*) from daily_parts d where d.workspace_id = q.workspace_id
        and d.key = 'audit-nudge:' || q.occurrence_id || ':' || q.person_id and d.said_at is not null)::int as nudges
    from audit_prompts q join occurrences o on o.id = q.occurrence_id
    where o.workspace_id = ${workspaceId} and o.cadence_id = ${cadenceId}
      and o.due_at >= ${from.toString()}::timestamptz and o.due_at < ${until.toString()}::timestamptz
    order by 1, 2`.execute(db);
  return rows;
}
