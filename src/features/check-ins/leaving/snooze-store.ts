import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../../platform/db/database.ts';
import type { Snoozes } from '../core/leaving.ts';

/** How often the questions of each cadence were put off: a check-in keeps it with its question, others as an event. */
export async function countSnoozes(
  db: Database,
  workspaceId: string,
  since: Temporal.Instant,
): Promise<Snoozes[]> {
  const from = sql`${since.toString()}::timestamptz`;
  const { rows } = await sql<Snoozes>`
    with snoozes as (
      select o.cadence_id, q.snooze_reason as reason, q.snoozes as count
      from prompts q join occurrences o on o.id = q.occurrence_id
      where q.workspace_id = ${workspaceId} and q.snoozes > 0 and o.due_at >= ${from}
      union all
      select o.cadence_id, e.after ->> 'reason', 1 from occurrences o join events e on e.workspace_id = o.workspace_id
        and e.subject_kind = 'occurrence' and e.subject_id = o.id and e.type = 'ritual.snoozed'
      where o.workspace_id = ${workspaceId} and o.due_at >= ${from}
    )
    select cadence_id as "cadenceId", reason, sum(count) as count from snoozes group by 1, 2 order by 1, 2`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** What an open occurrence says of its end and its reminders; undefined: it is over. */
export async function findEnd(
  db: Database,
  workspaceId: string,
  occurrenceId: number,
): Promise<
  { beginsAt: Temporal.Instant; closeAt: Temporal.Instant | null; nudgeAfter: string | null } | undefined
> {
  return await db
    .selectFrom('occurrences as o')
    .innerJoin('cadences as c', 'c.id', 'o.cadence_id')
    .select([
      sql<Temporal.Instant>`greatest(o.due_at, o.planned_at)`.as('beginsAt'),
      'o.close_at as closeAt',
      'c.nudge_after as nudgeAfter',
    ])
    .where('o.workspace_id', '=', workspaceId)
    .where('o.id', '=', occurrenceId)
    .where('o.state', '=', 'open')
    .executeTakeFirst();
}
