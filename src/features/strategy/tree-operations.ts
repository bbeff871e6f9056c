import type { Temporal } from 'temporal-polyfill';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { healthOf } from '../okrs/core/health.ts';
import type { Actor } from '../people/core/person.ts';
import { emptyStrategy } from './core/strategy.ts';
import { type StrategyTree, treeOf } from './core/tree.ts';
import { lineOf } from './operations.ts';
import { findInForce } from './store.ts';
import { listLooseRocks, listObjectives, listRocks } from './tree-store.ts';

/** As many rocks without a line are named; the rest are counted. */
const mostLooseRocks = 8;

/** The strategy in force with what hangs from it, as the actor sees it. */
export async function readTree(db: Database, workspaceId: string, actor: Actor): Promise<StrategyTree> {
  const now = await companyNow(db, workspaceId);
  const on = now.toZonedDateTimeISO(actor.timezone).toPlainDate();
  return await readTreeOn(db, workspaceId, { viewerId: actor.id, on });
}

/** Nobody's id: who sees what everybody may see. */
export const everybody = 0;

/** The same on a day, as somebody sees it; of `everybody` what the whole workspace may see. */
export async function readTreeOn(
  db: Database,
  workspaceId: string,
  { viewerId, on }: { viewerId: number; on: Temporal.PlainDate },
): Promise<StrategyTree> {
  const version = (await findInForce(db, workspaceId)) ?? null;
  const objectives = await listObjectives(db, workspaceId, { viewerId, on });
  const served = await lineOf(
    db,
    workspaceId,
    objectives.map(({ id }) => id),
  );
  const rocks = await listRocks(db, workspaceId, viewerId);
  const loose = await listLooseRocks(db, workspaceId, viewerId, mostLooseRocks);
  const work = objectives.map(({ keyResults, ...it }) => ({
    ...it,
    lineId: served.get(it.id)?.lineId ?? null,
    health: keyResults.map(healthOf),
  }));
  return {
    version,
    tree: treeOf(version?.strategy ?? emptyStrategy, work, rocks),
    looseRocks: { names: loose.map(({ name }) => name), total: loose[0]?.total ?? 0 },
  };
}
