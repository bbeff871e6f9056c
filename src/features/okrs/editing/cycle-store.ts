import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { Cycle, CycleState } from '../core/cycle.ts';

const columns = [
  'id',
  'key',
  'starts_on as startsOn',
  'ends_on as endsOn',
  'state',
  'parent_id as parentId',
] as const;

/** The workspace's cycles, the latest first. */
export async function listCycles(db: Database, workspaceId: string): Promise<Cycle[]> {
  return await db
    .selectFrom('cycles')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('starts_on', 'desc')
    .orderBy('key', 'desc')
    .execute();
}

/** A cycle that stays in its state until the transaction ends: `share` for what is done in it, `update` for itself. */
export async function lockCycle(
  tx: Tx,
  workspaceId: string,
  id: number,
  how: 'share' | 'update',
): Promise<Cycle | undefined> {
  const query = tx
    .selectFrom('cycles')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id);
  return await (how === 'share' ? query.forShare() : query.forUpdate()).executeTakeFirst();
}

/** Keeps a new cycle, as a draft; undefined: another one has this key. */
export async function insertCycle(
  tx: Tx,
  workspaceId: string,
  { key, starts, ends, parentId }: { key: string; starts: string; ends: string; parentId: number | null },
): Promise<number | undefined> {
  const row = await tx
    .insertInto('cycles')
    .values({
      workspace_id: workspaceId,
      key,
      starts_on: starts,
      ends_on: ends,
      state: 'draft',
      parent_id: parentId,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function updateCycle(
  tx: Tx,
  id: number,
  change: { starts_on?: string; ends_on?: string; parent_id?: number | null; state?: CycleState },
  at: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('cycles')
    .set({ ...change, changed_at: at.toString() })
    .where('id', '=', id)
    .execute();
}
