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
import type { CycleEntry } from './file.ts';

/** The keys of the workspace's cycles, each with its last day. */
export async function presentCycles(tx: Tx, workspaceId: string): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('cycles')
    .select(['key', 'ends_on'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return new Map(rows.map((row) => [row.key, row.ends_on.toString()]));
}

/** The keys of the workspace's objectives, each with the key of what it supports. */
export async function presentObjectives(tx: Tx, workspaceId: string): Promise<Map<string, string | null>> {
  const rows = await tx
    .selectFrom('objectives as o')
    .leftJoin('objectives as s', 's.id', 'o.supports_id')
    .where('o.workspace_id', '=', workspaceId)
    .select(['o.key', 's.key as supports'])
    .execute();
  return new Map(rows.map((row) => [row.key, row.supports]));
}

/** Adds and changes cycles. Returns every cycle's id by key. */
export async function importCycles(
  importing: Importing,
  entries: CycleEntry[],
): Promise<{ tally: Tally; ids: Map<string, number> }> {
  const { tx, workspaceId } = importing;
  const rows = await tx
    .selectFrom('cycles')
    .select(['id', 'key', 'starts_on', 'ends_on'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  const ids = new Map(rows.map((row) => [row.key, row.id]));
  const sorted = sortOut(
    new Map(entries.map(({ key, starts, ends }) => [key, { starts_on: starts, ends_on: ends }])),
    new Map(
      rows.map((row) => [row.key, { starts_on: row.starts_on.toString(), ends_on: row.ends_on.toString() }]),
    ),
  );
  for (const portion of portions([...sorted.added, ...sorted.changed])) {
    const saved = await tx
      .insertInto('cycles')
      .values(portion.map(({ key, wanted }) => ({ key, ...wanted, workspace_id: workspaceId })))
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'key']).doUpdateSet((eb) => ({
          starts_on: eb.ref('excluded.starts_on'),
          ends_on: eb.ref('excluded.ends_on'),
        })),
      )
      .returning(['id', 'key'])
      .execute();
    for (const { id, key } of saved) ids.set(key, id);
  }
  await recordImport(
    importing,
    eventsOf('cycle', sorted, (key) => got(ids, key)),
  );
  return { tally: sorted.tally, ids };
}
