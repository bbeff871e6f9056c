import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';

/** How many rocks the register has, retired ones left out, and how many of them somebody owns. */
export async function readRegisterFigures(
  db: Database,
  workspaceId: string,
): Promise<{ rocks: number; owned: number }> {
  const { rows } = await sql<{ rocks: number; owned: number }>`
    select count(*)::int as rocks, count(s.id)::int as owned
    from rocks r left join stints s on s.rock_id = r.id and s.ended_at is null
    where r.workspace_id = ${workspaceId} and r.retired_at is null`.execute(db);
  return rows[0] ?? { rocks: 0, owned: 0 };
}
