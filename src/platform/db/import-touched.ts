import { sql } from 'kysely';
import type { Importing } from './importing.ts';

/** Whether somebody changed one of these fields of a thing in Slack, and no operator's file since. */
export type Touched = (id: number, ...fields: string[]) => boolean;

/**
 * What people changed in Slack stays as they made it, where an import does not overwrite: the events tell. A field goes
 * by the names that it has in them; where an event has a list in place of fields, by the event's type. Nothing is touched
 * for an import that overwrites.
 */
export async function touchedInSlack(
  { tx, workspaceId, overwrite }: Pick<Importing, 'tx' | 'workspaceId' | 'overwrite'>,
  kind: string,
  ids: readonly number[],
): Promise<Touched> {
  if (overwrite || ids.length === 0) return () => false;
  const { rows } = await sql<{ id: number; fields: string[] }>`
    select id, array_agg(field) as fields from (
      select distinct on (e.subject_id, f.field) e.subject_id as id, f.field, e.actor
      from events e
      cross join lateral (
        select key as field from jsonb_each(case jsonb_typeof(e.after) when 'object' then e.after else '{}' end)
        where value is distinct from (case jsonb_typeof(e.before) when 'object' then e.before else '{}' end) -> key
        union all select e.type where jsonb_typeof(e.after) = 'array'
      ) f
      where e.workspace_id = ${workspaceId} and e.subject_kind = ${kind} and e.subject_id = any(${[...ids]})
      order by e.subject_id, f.field, e.id desc
    ) latest
    where actor = 'person' group by id`.execute(tx);
  const touched = new Map(rows.map(({ id, fields }) => [id, new Set(fields)]));
  return (id, ...fields) => fields.some((field) => touched.get(id)?.has(field) === true);
}
