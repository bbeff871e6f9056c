import { lateWords } from '../../cadence/core/lateness.ts';
import type { Occurrence, Opened, Prospect, Rehearsal, Ritual } from '../../cadence/ritual.ts';
import { tell } from '../../delivery/outbox.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { readoutBlocks } from './blocks.ts';
import { gatherReadout } from './gathering.ts';

/** A rehearsal stands in one message with what it says itself. */
const mostRehearsed = 6_000;

/** The monthly readout for sales and marketing, to the channel of its cadence. Asks nobody. */
export const readoutRitual: Ritual = {
  key: 'readout',
  name: 'Readout for sales and marketing',
  async open(tx, occurrences) {
    const opened = new Map<number, Opened>();
    for (const occurrence of occurrences) {
      await openOne(tx, occurrence);
      opened.set(occurrence.id, { held: true });
    }
    return opened;
  },
  asking: {
    ofTeams: 'Tells what has shipped and what comes of all teams, not only',
    ofAll: 'Tells what has shipped and what comes',
  },
  whom: () => Promise.resolve({ people: 0 }),
  rehearse,
};

async function openOne(tx: Tx, occurrence: Occurrence): Promise<void> {
  const { workspaceId, id, cadenceId, channelId, dueAt, plannedAt, timezone } = occurrence;
  const readout = await gatherReadout(tx, workspaceId, { cadenceId, before: dueAt });
  await tell(tx, {
    workspaceId,
    dedupeKey: `readout:${id}`,
    to: { channelId },
    content: readoutBlocks(readout, { late: lateWords(dueAt, plannedAt, timezone) }),
    dueAt,
  });
}

async function rehearse(db: Database, { workspaceId, cadenceId, dueAt }: Prospect): Promise<Rehearsal> {
  const readout = await gatherReadout(db, workspaceId, { cadenceId, before: dueAt });
  return {
    asked: [],
    shown: [{ where: 'The channel', content: readoutBlocks(readout, { most: mostRehearsed }) }],
  };
}
