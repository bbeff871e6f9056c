import type { Prospect, Rehearsal } from '../../../cadence/ritual.ts';
import type { Database } from '../../../platform/db/database.ts';
import { skippedRehearsal } from '../skipped.ts';
import { planningBlocks } from './blocks.ts';
import { whatToPlan } from './choosing.ts';
import { listPlanned } from './store.ts';

/** What a planning would say, as the draft stands now, or why it would be skipped. */
export async function rehearsePlanning(db: Database, prospect: Prospect): Promise<Rehearsal> {
  const { cycle, reason } = await whatToPlan(db, prospect);
  if (cycle === null) return skippedRehearsal(reason);
  const objectives = await listPlanned(db, cycle.id, prospect.cadenceId);
  return {
    asked: [],
    shown: [
      {
        where: 'The channel, edited in place while the draft changes',
        content: planningBlocks(cycle, objectives, { isOpen: true }),
      },
      {
        where: 'The channel, when it is over',
        content: planningBlocks(cycle, objectives, { isOpen: false }),
      },
    ],
  };
}
