import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database } from '../platform/db/database.ts';
import type { Happening } from './core/cadence.ts';

/** Occurrences of a cadence, the latest first; `beforeId` goes on behind one that was shown before. */
export async function listOccurrences(
  db: Database,
  workspaceId: string,
  cadenceId: number,
  { beforeId, limit }: { beforeId: number | null; limit: number },
): Promise<Happening[]> {
  const { rows } = await sql<Omit<Happening, 'covers'> & { lower: string | null; upper: string | null }>`
    select o.id, o.name, o.due_at as "dueAt", o.planned_at as "plannedAt", o.state, o.reason,
      to_char(lower(o.covers), 'YYYY-MM-DD"T"HH24:MI:SS') as lower,
      to_char(upper(o.covers), 'YYYY-MM-DD"T"HH24:MI:SS') as upper,
      case when p.id is not null then json_build_object('slackId', p.slack_id, 'name', p.name) end as by
    from occurrences o left join people p on p.id = o.by_person_id
    where o.workspace_id = ${workspaceId} and o.cadence_id = ${cadenceId}
      and (${beforeId}::bigint is null or (o.due_at, o.id) <
        (select due_at, id from occurrences where id = ${beforeId} and workspace_id = ${workspaceId}))
    order by o.due_at desc, o.id desc
    limit ${limit}`.execute(db);
  return rows.map(({ lower, upper, ...row }) => ({
    ...row,
    covers:
      lower === null || upper === null
        ? null
        : { from: Temporal.PlainDateTime.from(lower), to: Temporal.PlainDateTime.from(upper) },
  }));
}
