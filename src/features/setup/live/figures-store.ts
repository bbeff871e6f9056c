import { sql } from 'kysely';
import type { Span } from '../../../cadence/core/figures.ts';
import type { Database } from '../../../platform/db/database.ts';

/** How often a ritual was held in a span, also where it asked nobody. */
export async function countHeld(
  db: Database,
  workspaceId: string,
  cadenceId: number,
  { from, until }: Span,
): Promise<number> {
  const { rows } = await sql<{ held: number }>`
    select count(*)::int as held from occurrences o
    where o.workspace_id = ${workspaceId} and o.cadence_id = ${cadenceId} and o.state in ('open', 'held')
      and o.due_at >= ${from.toString()}::timestamptz and o.due_at < ${until.toString()}::timestamptz`.execute(
    db,
  );
  return rows[0]?.held ?? 0;
}
