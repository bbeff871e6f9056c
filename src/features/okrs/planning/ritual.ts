import type { Occurrence, Opened, Ritual } from '../../../cadence/ritual.ts';
import { tell } from '../../../delivery/outbox.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { listCycles } from '../editing/cycle-store.ts';
import { cycleToPlan } from '../grading/core/next-cycle.ts';
import { planningBlocks } from './blocks.ts';
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
};

async function openOne(tx: Tx, occurrence: Occurrence): Promise<Opened> {
  const { workspaceId, id, cadenceId, channelId, dueAt, local } = occurrence;
  const cycles = await listCycles(tx, workspaceId);
  const cycle =
    occurrence.cycle === 'current'
      ? cycleToPlan(cycles, local.toPlainDate())
      : (cycles.find(({ key }) => key === occurrence.cycle) ?? null);
  if (cycle === null) return { held: false, reason: 'no cycle is a draft; `/okr cycle add` makes one' };
  if (cycle.state !== 'draft') return { held: false, reason: `${cycle.key} is not a draft any more` };
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
