import type { Work } from './batches.ts';
import { ruleOfCadence } from './cadence-rule.ts';
import { nearestSlot } from './core/nearest.ts';
import { parseSchedule } from './core/schedule.ts';
import { readDaysOff } from './days-off.ts';
import type { PlannerDeps } from './deps.ts';
import { lockReckonedBefore, type PlannedCadence, saveNextDue } from './store.ts';

/**
 * Reckons the next time of cadences anew whose last reckoning had an older time zone database. An older process that
 * still runs leaves what a newer one has reckoned until it plans it; what it plans is reckoned again.
 */
export function reckoning({ workspaceId, log }: PlannerDeps): Work<PlannedCadence> {
  return {
    failure: 'the next time of this cadence could not be reckoned again',
    lock: async (tx, choice) => await lockReckonedBefore(tx, workspaceId, choice),
    async work(tx, cadences) {
      const dayOff = await readDaysOff(tx, workspaceId);
      const moved = cadences.map((cadence) => {
        // What cannot be read stays as it is; the planner tells of it once it is due.
        const isReadable = parseSchedule(cadence.schedule).ok;
        const slot = isReadable ? nearestSlot(ruleOfCadence(cadence, dayOff), cadence.nextDueAt) : null;
        return { id: cadence.id, nextDueAt: slot?.at ?? cadence.nextDueAt, isOver: false };
      });
      await saveNextDue(tx, moved);
      return () => log.debug({ cadences: cadences.length }, 'reckoned with the time zones of this version');
    },
  };
}
