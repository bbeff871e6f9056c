import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Importing, portions } from '../../platform/db/importing.ts';
import type { ItemState, Support } from './core/state.ts';
import { columnsOf, type ItemRow, listItemRows } from './store.ts';

/** An item that a file adds. */
export type NewItem = { key: string; state: ItemState; supportsOn: Support | null };

/** Adds items behind those that there are, in the order of the file. Returns their ids by key. */
export async function insertItems(
  { tx, workspaceId, at }: Importing,
  items: readonly NewItem[],
): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const first = await nextPosition(tx, workspaceId);
  const rows = items.map(({ key, state, supportsOn }, index) => ({
    ...columnsOf(state, { supportsOn, lastDueOn: state.due_on ?? state.first_due_on }),
    workspace_id: workspaceId,
    key,
    position: first + index,
    moved_at: at.toString(),
    created_at: at.toString(),
    created_by: null,
    outcome_at: state.outcome === null ? null : at.toString(),
  }));
  for (const portion of portions(rows)) {
    const saved = await tx.insertInto('roadmap_items').values(portion).returning(['id', 'key']).execute();
    for (const { id, key } of saved) ids.set(key, id);
  }
  const needs = items.flatMap(({ key, state }) =>
    state.needs.map((team_id) => ({ workspace_id: workspaceId, item_id: ids.get(key) ?? 0, team_id })),
  );
  for (const portion of portions(needs, 5_000))
    await tx.insertInto('roadmap_needs').values(portion).execute();
  return ids;
}

async function nextPosition(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ position: number }>`
    select coalesce(max(position) + 1, 0) as position from roadmap_items where workspace_id = ${workspaceId}`.execute(
    tx,
  );
  return rows[0]?.position ?? 0;
}

/** Every item as it is, with the key of its rock. */
export async function exportRows(
  db: Database,
  workspaceId: string,
): Promise<(ItemRow & { rock: string | null })[]> {
  const rocks = await db
    .selectFrom('rocks as r')
    .innerJoin('roadmap_items as i', 'i.rock_id', 'r.id')
    .select(['r.id', 'r.key'])
    .distinct()
    .where('r.workspace_id', '=', workspaceId)
    .execute();
  const keys = new Map(rocks.map(({ id, key }) => [id, key]));
  return (await listItemRows(db, workspaceId)).map((row) => ({
    ...row,
    rock: row.state.rock_id === null ? null : (keys.get(row.state.rock_id) ?? null),
  }));
}
