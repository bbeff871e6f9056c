import type { Database, Tx } from '../../../platform/db/database.ts';

/** What is enough for a person, as it was set for them (null: as for everybody), and for everybody. */
export type KeptLimit = { own: number | null; usual: number };

/** Undefined for nobody of this workspace. */
export async function findLimit(
  db: Database,
  workspaceId: string,
  personId: number,
): Promise<KeptLimit | undefined> {
  return await limits(db, workspaceId, personId).executeTakeFirst();
}

/** The same, locked. */
export async function lockLimit(
  tx: Tx,
  workspaceId: string,
  personId: number,
): Promise<KeptLimit | undefined> {
  return await limits(tx, workspaceId, personId).forNoKeyUpdate('p').executeTakeFirst();
}

export async function saveLimit(tx: Tx, personId: number, limit: number | null): Promise<void> {
  await tx.updateTable('people').set({ backpack_limit: limit }).where('id', '=', personId).execute();
}

function limits(db: Database, workspaceId: string, personId: number) {
  return db
    .selectFrom('people as p')
    .innerJoin('workspaces as w', 'w.id', 'p.workspace_id')
    .select(['p.backpack_limit as own', 'w.backpack_limit as usual'])
    .where('p.workspace_id', '=', workspaceId)
    .where('p.id', '=', personId);
}
