import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../platform/db/database.ts';
import type { Work } from './batches.ts';
import type { PlannerDeps } from './deps.ts';
import { lockOpenOne, lockOver, markHeld, type OverOccurrence } from './occurrence-store.ts';
import { endAll } from './opening.ts';

/** Ends occurrences whose time is over. */
export function closing({ workspaceId, rituals, log }: PlannerDeps): Work<OverOccurrence> {
  return {
    failure: 'this occurrence could not be closed',
    lock: async (tx, choice) => await lockOver(tx, workspaceId, choice),
    async work(tx, occurrences) {
      const [first] = occurrences;
      if (first !== undefined) {
        await endAll(tx, rituals, { workspaceId, at: first.now }, occurrences, 'over');
      }
      return () => {
        for (const { id, cadence, name } of occurrences)
          log.info({ cadence, occurrence: id, name }, 'closed');
      };
    },
  };
}

/**
 * Ends an occurrence because somebody says so, for a feature that sums it up by itself in the same transaction. False when
 * it is not open any more.
 */
export async function endByHand(
  tx: Tx,
  workspaceId: string,
  occurrenceId: number,
  at: Temporal.Instant,
): Promise<boolean> {
  if (!(await lockOpenOne(tx, workspaceId, occurrenceId))) return false;
  await markHeld(tx, [occurrenceId], at);
  return true;
}
