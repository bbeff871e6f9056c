import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import { type Importing, portions } from '../platform/db/importing.ts';
import { tzVersion } from './tz-version.ts';

/** A happening of the past, by its cadence's key and its name; `at` is when it was, as far as it is told. */
export type PastOccurrence = { cadence: string; name: string; at: Temporal.Instant };

/** By what a past occurrence is found in the map. */
export function occurrenceKey({ cadence, name }: Pick<PastOccurrence, 'cadence' | 'name'>): string {
  return JSON.stringify([cadence, name]);
}

/** The keys of the workspace's cadences. */
export async function presentCadences({ tx, workspaceId }: Importing): Promise<string[]> {
  const rows = await tx
    .selectFrom('cadences')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .execute();
  return rows.map(({ key }) => key);
}

/**
 * The ids of past occurrences. One that is not there is made: held, and covering nothing, so that it stands in the way of no
 * other. The cadences must be there.
 */
export async function pastOccurrences(
  { tx, workspaceId }: Importing,
  past: readonly PastOccurrence[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const first = new Map(past.toReversed().map((it) => [occurrenceKey(it), it]));
  for (const portion of portions([...first.values()])) {
    const given = JSON.stringify(
      portion.map(({ cadence, name, at }) => ({ cadence, name, at: at.toString() })),
    );
    const { rows } = await sql<{ id: number; cadence: string; name: string }>`
      with given as (
        select c.id as cadence_id, g.cadence, g.name, g.at
        from json_to_recordset(${given}::json) as g (cadence text, name text, at timestamptz)
        join cadences c on c.workspace_id = ${workspaceId} and c.key = g.cadence),
      present as (
        select distinct on (g.cadence, g.name) o.id, g.cadence, g.name
        from given g join occurrences o on o.cadence_id = g.cadence_id and o.name = g.name
        order by g.cadence, g.name, o.id),
      made as (
        insert into occurrences (workspace_id, cadence_id, name, due_at, planned_at, closed_at, state, tz_version)
        select ${workspaceId}, g.cadence_id, g.name, g.at, g.at, g.at, 'held', ${tzVersion}
        from given g where not exists (select from present p where p.cadence = g.cadence and p.name = g.name)
        returning id, cadence_id, name)
      select id, cadence, name from present
      union all
      select m.id, c.key, m.name from made m join cadences c on c.id = m.cadence_id`.execute(tx);
    for (const { id, cadence, name } of rows) ids.set(occurrenceKey({ cadence, name }), id);
  }
  return ids;
}
