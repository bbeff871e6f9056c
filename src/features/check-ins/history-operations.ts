import type { Database, Tx } from '../../platform/db/database.ts';
import type { Past } from './core/past.ts';
import {
  insertHistory,
  listAllHistory,
  listHistory,
  type NewPast,
  type PastRow,
  saveLatest,
} from './history-store.ts';

/** What was answered for each of these key results, the earliest first; one statement. Those without an answer are left out. */
export async function historyOf(
  db: Database,
  workspaceId: string,
  keyResultIds: readonly number[],
): Promise<Map<number, Past[]>> {
  if (keyResultIds.length === 0) return new Map();
  const rows = await listHistory(db, workspaceId, keyResultIds);
  const past = rows.map(({ keyResultId, ...row }) => ({ keyResultId, past: row }));
  const byId = Map.groupBy(past, ({ keyResultId }) => keyResultId);
  return new Map([...byId].map(([id, own]) => [id, own.map((it) => it.past)]));
}

/** Every answer of a workspace, the earliest first, for a table. */
export async function readHistory(db: Database, workspaceId: string): Promise<PastRow[]> {
  return await listAllHistory(db, workspaceId);
}

/**
 * Brings answers of the past in, in the caller's transaction; one of the same key result at the same instant is there
 * already. A key result takes over the latest, if it has none that is later. Gives how many were new.
 */
export async function takeHistory(tx: Tx, workspaceId: string, answers: readonly NewPast[]): Promise<number> {
  const added = await insertHistory(tx, workspaceId, answers);
  await saveLatest(tx, workspaceId, [...new Set(answers.map(({ keyResultId }) => keyResultId))]);
  return added;
}
