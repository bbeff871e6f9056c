import { sql } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';

/** More names than this in one message mean nothing. */
const mostFound = 50;

/** Rocks that go on and that have one of these names exactly, of those that the viewer sees, longest name first. */
export async function findRocksNamed(
  db: Database,
  workspaceId: string,
  normals: readonly string[],
  viewerId: number,
): Promise<{ rockId: number; normal: string }[]> {
  if (normals.length === 0) return [];
  const { rows } = await sql<{ rockId: number; normal: string }>`
    select r.id as "rockId", max(n.normal) as normal
    from rock_names n join rocks r on r.id = n.rock_id
    where n.workspace_id = ${workspaceId} and n.normal = any(${normals}::text[])
      and r.state <> 'retired' and sees(r, ${viewerId})
    group by r.id, length(n.normal)
    order by length(n.normal) desc, r.id limit ${mostFound}`.execute(db);
  return rows;
}

/** A rock in a menu. */
export type FoundRock = { id: number; name: string; team: string | null };

/** Rocks that go on with `normal` in one of their names, of those that the viewer sees: names that begin so first. */
export async function searchRocks(
  db: Database,
  workspaceId: string,
  normal: string,
  viewerId: number,
  limit: number,
): Promise<FoundRock[]> {
  const { rows } = await sql<FoundRock>`
    select r.id, r.name, t.name as team
    from rocks r left join teams t on t.id = r.team_id
    join lateral (select min(position(${normal} in n.normal)) as place from rock_names n
      where n.rock_id = r.id and n.normal like '%' || ${normal} || '%') found on found.place is not null
    where r.workspace_id = ${workspaceId} and r.state <> 'retired' and sees(r, ${viewerId})
      and r.id in (select rock_id from rock_names
        where workspace_id = ${workspaceId} and normal like '%' || ${normal} || '%')
    order by found.place, length(r.name), r.id limit ${limit}`.execute(db);
  return rows;
}
