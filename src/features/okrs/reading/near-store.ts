import { sql } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';
import type { Near } from './core/near.ts';

const mostNear = 5;
/** Below this a name is not worth offering. */
const leastLikeness = 0.3;

/** Objectives and key results that somebody sees and whose key or title is like a text, the likest first. */
export async function listNear(
  db: Database,
  workspaceId: string,
  viewerId: number,
  text: string,
): Promise<Near[]> {
  const typed = text.toLowerCase();
  const { rows } = await sql<{ kind: Near['of']['kind']; id: number; title: string }>`
    select kind, id, title from (
      select 'objective' as kind, o.id, o.title, greatest(similarity(o.key, ${typed}),
        similarity(lower(o.title), ${typed})) as likeness
      from objectives o where o.workspace_id = ${workspaceId} and sees_objective(o, ${viewerId})
      union all
      select 'key-result', k.id, k.title, greatest(similarity(k.key, ${typed}), similarity(lower(k.title), ${typed}))
      from key_results k join objectives o on o.id = k.objective_id
      where k.workspace_id = ${workspaceId} and sees_objective(o, ${viewerId})) as named
    where likeness >= ${leastLikeness}
    order by likeness desc, kind desc, id limit ${mostNear}`.execute(db);
  return rows.map(({ kind, id, title }) => ({ of: { kind, id }, title }));
}
