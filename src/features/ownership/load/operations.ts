import type { Database } from '../../../platform/db/database.ts';
import type { Load } from './core/load.ts';
import { listLoads } from './load-store.ts';

/**
 * What one person carries in sums: owned rocks that are not lent out, and rocks on loan to them. Whoever shows it asks
 * before whether its reader may see it (`see somebody's load`). Throws for nobody of this workspace.
 */
export async function readLoad(db: Database, workspaceId: string, personId: number): Promise<Load> {
  const load = (await readLoads(db, workspaceId, [personId])).get(personId);
  if (load === undefined) throw new Error(`person ${personId} is not in ${workspaceId}`);
  return load;
}

/** The same for several people at once, by their ids; who is not of this workspace is left out. */
export async function readLoads(
  db: Database,
  workspaceId: string,
  personIds: readonly number[],
): Promise<Map<number, Load>> {
  const loads = await listLoads(db, workspaceId, personIds);
  return new Map(loads.map(({ personId, rocks, load, limit }) => [personId, { rocks, load, limit }]));
}
