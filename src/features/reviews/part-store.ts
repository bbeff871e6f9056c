import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';

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

/** The objective that a key result belongs to. */
export async function objectiveOf(
  db: Database,
  workspaceId: string,
  keyResultId: number,
): Promise<number | null> {
  const row = await db
    .selectFrom('key_results')
    .select('objective_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyResultId)
    .executeTakeFirst();
  return row?.objective_id ?? null;
}

/** The rock that a handoff is about. */
export async function rockOfHandoff(
  db: Database,
  workspaceId: string,
  handoffId: number,
): Promise<number | null> {
  const row = await db
    .selectFrom('handoffs')
    .select('rock_id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', handoffId)
    .executeTakeFirst();
  return row?.rock_id ?? null;
}
