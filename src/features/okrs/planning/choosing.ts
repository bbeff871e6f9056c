import type { Prospect } from '../../../cadence/ritual.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Cycle } from '../core/cycle.ts';
import { listCycles } from '../editing/cycle-store.ts';
import { cycleToPlan } from '../grading/core/next-cycle.ts';

/** The draft that a planning is about; or none, and why there is nothing to plan. */
export async function whatToPlan(
  db: Database,
  { workspaceId, cycle: of, local }: Pick<Prospect, 'workspaceId' | 'cycle' | 'local'>,
): Promise<{ cycle: Cycle; reason: null } | { cycle: null; reason: string }> {
  const cycles = await listCycles(db, workspaceId);
  const cycle =
    of === 'current'
      ? cycleToPlan(cycles, local.toPlainDate())
      : (cycles.find(({ key }) => key === of) ?? null);
  if (cycle === null) return { cycle, reason: 'no cycle is a draft; `/okr cycle add` makes one' };
  return cycle.state === 'draft'
    ? { cycle, reason: null }
    : { cycle: null, reason: `${cycle.key} is not a draft any more` };
}
