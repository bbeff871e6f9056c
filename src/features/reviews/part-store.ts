import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { Minutes } from './core/minutes.ts';

/** Who took part in a review: who pressed something, and who was given something to do or has a part in a decision. */
export async function listTookPart(db: Database, occurrenceId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct who.id from agenda_lines l
    left join decisions d on d.line_id = l.id left join actions a on a.line_id = l.id
    cross join lateral unnest(array[l.deferred_by, d.driver_id, d.approver_id, d.decided_by, a.owner_id, a.by_id]) as who (id)
    where l.occurrence_id = ${occurrenceId} and who.id is not null
    union select ended_by from reviews where occurrence_id = ${occurrenceId} and ended_by is not null
    order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

/** The latest reviews that have ended, of those in which somebody took part: they pressed, were given something, or closed it. */
export async function listEndedOf(
  db: Database,
  workspaceId: string,
  personId: number,
  limit: number,
): Promise<{ occurrenceId: number; name: string; endedAt: Temporal.Instant; minutes: Minutes }[]> {
  const { rows } = await sql<{
    occurrenceId: number;
    name: string;
    endedAt: Temporal.Instant;
    minutes: Minutes;
  }>`
    select v.occurrence_id as "occurrenceId", v.name, v.ended_at as "endedAt", v.minutes from reviews v
    where v.workspace_id = ${workspaceId} and v.ended_at is not null and (v.ended_by = ${personId}
      or exists (select from agenda_lines l where l.occurrence_id = v.occurrence_id and (l.deferred_by = ${personId}
        or exists (select from decisions d where d.line_id = l.id
          and ${personId} in (d.driver_id, d.approver_id, d.decided_by))
        or exists (select from actions a where a.line_id = l.id and ${personId} in (a.owner_id, a.by_id)))))
    order by v.ended_at desc limit ${limit}`.execute(db);
  return rows;
}
