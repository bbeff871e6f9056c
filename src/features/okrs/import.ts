import type { Tx } from '../../platform/db/database.ts';
import {
  eventsOf,
  got,
  type Importing,
  portions,
  recordImport,
  sortOut,
  type Tally,
} from '../../platform/db/importing.ts';
import type { CycleState } from './core/cycle.ts';
import type { CycleEntry, PresentObjective } from './file.ts';

/** The keys of the workspace's cycles, each with its last day. */
export async function presentCycles(tx: Tx, workspaceId: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('cycles')
    .select(['key', 'ends_on'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new Map(rows.map((row) => [row.key, row.ends_on.toString()]));
}

/** The workspace's objectives by key. */
export async function presentObjectives(tx: Tx, workspaceId: string): Promise<Map<string, PresentObjective>> {
  const rows = await tx
    .selectFrom('objectives as o')
    .leftJoin('objectives as s', 's.id', 'o.supports_id')
    .where('o.workspace_id', '=', workspaceId)
    .select(['o.key', 'o.title', 's.key as supports'])
    .execute();
  return new Map(rows.map(({ key, ...row }) => [key, row]));
}

type CycleStored = { starts_on: string; ends_on: string; state: CycleState; parent: string | null };

/**
 * Adds and changes cycles. The state of one that is there stays as people made it in Slack, unless the operator overwrites;
 * what the file does not say stays. Returns every cycle's id by key.
 */
export async function importCycles(
  importing: Importing,
  entries: CycleEntry[],
): Promise<{ tally: Tally; ids: Map<string, number> }> {
  const { tx, workspaceId, overwrite } = importing;
  const { ids, states } = await presentCycleStates(importing);
  const wanted = entries.map(({ key, starts, ends, state, parent }) => {
    const now = states.get(key);
    const kept = now === undefined || overwrite ? (state ?? now?.state ?? 'active') : now.state;
    const stored: CycleStored = {
      starts_on: starts,
      ends_on: ends,
      state: kept,
      parent: parent ?? now?.parent ?? null,
    };
    return [key, stored] as const;
  });
  const sorted = sortOut(new Map(wanted), states);
  for (const portion of portions([...sorted.added, ...sorted.changed])) {
    const saved = await tx
      .insertInto('cycles')
      .values(
        portion.map(({ key, wanted: { parent, ...columns } }) => ({
          key,
          ...columns,
          workspace_id: workspaceId,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
          starts_on: eb.ref('excluded.starts_on'),
          ends_on: eb.ref('excluded.ends_on'),
          // Not even written back: somebody may start or close it in Slack at this moment.
          ...(overwrite ? { state: eb.ref('excluded.state') } : {}),
        })),
      )
      .returning(['id', 'key'])
      .execute();
    for (const { id, key } of saved) ids.set(key, id);
  }
  // A step of its own, when every cycle of the file has its id.
  for (const { key, wanted } of [...sorted.added, ...sorted.changed]) {
    if (wanted.parent === null) continue;
    await tx
      .updateTable('cycles')
      .set({ parent_id: got(ids, wanted.parent) })
      .where('id', '=', got(ids, key))
      .execute();
  }
  await recordImport(
    importing,
    eventsOf('cycle', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally, ids };
}

async function presentCycleStates({
  tx,
  workspaceId,
}: Importing): Promise<{ ids: Map<string, number>; states: Map<string, CycleStored> }> {
  const rows = await tx
    .selectFrom('cycles as c')
    .leftJoin('cycles as y', 'y.id', 'c.parent_id')
    .where('c.workspace_id', '=', workspaceId)
    .select(['c.id', 'c.key', 'c.starts_on', 'c.ends_on', 'c.state', 'y.key as parent'])
    .execute();
  return {
    ids: new Map(rows.map((row) => [row.key, row.id])),
    states: new Map(
      rows.map(({ key, starts_on, ends_on, state, parent }) => [
        key,
        { starts_on: starts_on.toString(), ends_on: ends_on.toString(), state, parent },
      ]),
    ),
  };
}
