import type { Occurrence, Opened, Ritual } from '../../../cadence/ritual.ts';
import { tell } from '../../../delivery/outbox.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { planningBlocks } from './blocks.ts';
import { whatToPlan } from './choosing.ts';
import { rehearsePlanning } from './rehearsing.ts';
import { showPlannings } from './showing.ts';
import { insertPlanning, listPlanned } from './store.ts';

/** Before a cycle: its draft on one page, with what it lacks and what was carried over. Asks nobody directly. */
export const okrPlanning: Ritual = {
  key: 'okr-planning',
  name: 'OKR planning',
  async open(tx, occurrences) {
    const opened = new Map<number, Opened>();
    for (const occurrence of occurrences) opened.set(occurrence.id, await openOne(tx, occurrence));
    return opened;
  },
  async close(tx, workspaceId, occurrenceIds) {
    await showPlannings(tx, workspaceId, occurrenceIds);
  },
  asking: {
    ofTeams: 'Shows what is drafted for the next cycle by',
    ofAll: 'Shows what is drafted for the next cycle',
  },
  whom: () => Promise.resolve({ people: 0 }),
  rehearse: rehearsePlanning,
};

async function openOne(tx: Tx, occurrence: Occurrence): Promise<Opened> {
  const { workspaceId, id, cadenceId, channelId, dueAt } = occurrence;
  const { cycle, reason } = await whatToPlan(tx, occurrence);
  if (cycle === null) return { held: false, reason };
  const objectives = await listPlanned(tx, cycle.id, cadenceId);
  const messageId = await tell(tx, {
    workspaceId,
    dedupeKey: `okr-planning:${id}`,
    to: { channelId },
    content: planningBlocks(cycle, objectives, { isOpen: true }),
    dueAt,
  });
  await insertPlanning(tx, { workspaceId, occurrenceId: id, cycleId: cycle.id, messageId });
  return { held: true };
}
