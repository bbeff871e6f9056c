import type { Work } from './batches.ts';
import type { PlannerDeps } from './deps.ts';
import { lockOver, type OverOccurrence } from './occurrence-store.ts';
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
