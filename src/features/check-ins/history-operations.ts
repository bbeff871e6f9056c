import type { Database } from '../../platform/db/database.ts';
import type { Past } from './core/past.ts';
import { listHistory } from './history-store.ts';

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
