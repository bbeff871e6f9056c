import type { Prospect } from '../../../cadence/ritual.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Cycle } from '../core/cycle.ts';
import { listCycles } from '../editing/cycle-store.ts';
import { cycleToClose } from './core/next-cycle.ts';

/** The cycle that a close is about, whatever its state; null: none is over or about to end. */
export async function cycleOf(
  db: Database,
  { workspaceId, cycle: of, local }: Pick<Prospect, 'workspaceId' | 'cycle' | 'local'>,
): Promise<Cycle | null> {
  const cycles = await listCycles(db, workspaceId);
  return of === 'current'
    ? cycleToClose(cycles, local.toPlainDate())
    : (cycles.find(({ key }) => key === of) ?? null);
}

/** Why there is nothing to grade; null: there is. */
export function whyNotGraded(cycle: Cycle | null): string | null {
  if (cycle === null) return 'no active cycle is over or about to end';
  return cycle.state === 'active' ? null : `${cycle.key} ${notActive[cycle.state]}`;
}

const notActive = {
  draft: 'is a draft, so there is nothing to grade',
  grading: 'is being graded already',
  closed: 'is closed already',
} as const;
