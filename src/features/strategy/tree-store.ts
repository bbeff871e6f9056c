import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { Commitment, SaidHealth } from '../okrs/core/health.ts';
import type { Rock } from './core/tree.ts';

type KeyResult = {
  commitment: Commitment;
  confidence: number | null;
  healthOverruled: SaidHealth | null;
  isOutdated: boolean;
};

/** The objectives of cycles that go on or are graded on a day, in their order; with whether `viewerId` sees each. */
export async function listObjectives(
  db: Database,
  workspaceId: string,
  { viewerId, on }: { viewerId: number; on: Temporal.PlainDate },
): Promise<
  { id: number; title: string; supportsId: number | null; isSeen: boolean; keyResults: KeyResult[] }[]
> {
  const { rows } = await sql<{
    id: number;
    title: string;
    supportsId: number | null;
    isSeen: boolean;
    keyResults: KeyResult[];
  }>`
    select o.id, o.title, o.supports_id as "supportsId", sees_objective(o, ${viewerId}) as "isSeen",
      coalesce((select json_agg(json_build_object('commitment', k.commitment, 'confidence', k.confidence,
          'healthOverruled', k.health_overruled, 'isOutdated', k.outdated_since is not null) order by k.position, k.id)
        from key_results k where k.objective_id = o.id and k.state = 'active'), '[]') as "keyResults"
    from objectives o join cycles y on y.id = o.cycle_id
    where o.workspace_id = ${workspaceId} and o.state = 'active'
      and (y.state = 'grading' or y.state = 'active' and ${on.toString()}::date between y.starts_on and y.ends_on)
    order by o.position, o.id`.execute(db);
  return rows;
}

/** The rocks that support a line in force, as far as `viewerId` sees them, by name. */
export async function listRocks(db: Database, workspaceId: string, viewerId: number): Promise<Rock[]> {
  const { rows } = await sql<Rock>`
    select r.id, r.name, r.line_id as "lineId" from rocks r
    join strategy_in_force l on l.id = r.line_id
    where r.workspace_id = ${workspaceId} and r.state = 'active'
      and (r.visibility = 'workspace' or sees(r, ${viewerId}))
    order by r.name, r.id`.execute(db);
  return rows;
}

/** How many rocks support no line in force, and the first few by what matters, as far as `viewerId` sees them. */
export async function listLooseRocks(
  db: Database,
  workspaceId: string,
  viewerId: number,
  most: number,
): Promise<{ name: string; total: number }[]> {
  const { rows } = await sql<{ name: string; total: number }>`
    select r.name, count(*) over ()::int as total from rocks r
    where r.workspace_id = ${workspaceId} and r.state = 'active'
      and not exists (select from strategy_in_force l where l.id = r.line_id)
      and (r.visibility = 'workspace' or sees(r, ${viewerId}))
    order by array_position(array['critical', 'very-important', 'important'], r.importance), r.name, r.id
    limit ${most}`.execute(db);
  return rows;
}
