import type { Cycle } from '../core/cycle.ts';
import type { Change } from '../editing/changing.ts';
import { moveCycle } from '../editing/cycle-operations.ts';
import { endKeyResults } from '../editing/dropping-operations.ts';
import type { OkrMoving } from '../moved.ts';
import { howSureInCycle } from './calibration-operations.ts';
import { carryOver } from './carrying.ts';
import { endOfObjective, type Fate } from './core/grade.ts';
import { tellGrading, tellResults } from './showing.ts';
import { listGrades, saveObjectiveEnds } from './store.ts';

const endOf = { done: 'done', carry: 'carried', drop: 'dropped' } as const;

/**
 * An active cycle is graded from now on: its teams' channels, the channel of a ritual (null: none) and, once each, whoever
 * owns a key result are told. In the caller's transaction, which has locked the cycle and checked who may.
 */
export async function beginGrading(
  moving: OkrMoving,
  change: Change,
  cycle: Cycle,
  channelId: number | null,
): Promise<void> {
  const { tx, workspaceId, at, doer } = change;
  await moveCycle(moving, tx, { workspaceId, cycleId: cycle.id, to: 'grading', at, doer });
  const rows = await listGrades(tx, workspaceId, cycle.id);
  await tellGrading(tx, { workspaceId, cycle }, rows, { at, channelId });
}

/** Closes a cycle that is graded: carries over, ends what is left, and posts the results. The same holds. */
export async function closeGraded(moving: OkrMoving, change: Change, cycle: Cycle): Promise<void> {
  const { tx, workspaceId, at, doer } = change;
  const rows = await listGrades(tx, workspaceId, cycle.id);
  const open = rows.filter(({ state }) => state === 'active');
  const nextKey = await carryOver(
    change,
    cycle,
    open.filter(({ fate }) => fate === 'carry'),
  );
  for (const [fate, own] of Map.groupBy(open, (row): Fate => row.fate ?? 'done')) {
    await endKeyResults(moving, tx, {
      workspaceId,
      keyResultIds: own.map(({ id }) => id),
      as: endOf[fate],
      why: fate === 'drop' ? `Dropped when ${cycle.key} closed.` : null,
      at,
      doer,
    });
  }
  await saveObjectiveEnds(
    tx,
    [...Map.groupBy(open, ({ objectiveId }) => objectiveId)].map(([id, own]) => ({
      id,
      state: endOfObjective(own.map(({ fate }) => endOf[fate ?? 'done'])),
    })),
  );
  await moveCycle(moving, tx, { workspaceId, cycleId: cycle.id, to: 'closed', at, doer });
  const sure = await howSureInCycle(tx, workspaceId, cycle, rows);
  await tellResults(tx, { workspaceId, cycle }, rows, { at, nextKey, sure });
}
