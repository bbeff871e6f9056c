import { lateWords } from '../../cadence/core/lateness.ts';
import type { Occurrence, Opened, Prospect, Rehearsal, Ritual } from '../../cadence/ritual.ts';
import type { Database } from '../../platform/db/database.ts';
import { digestBlocks } from './blocks.ts';
import { noEdits } from './core/digest.ts';
import { gather } from './gathering.ts';
import { sendDigest } from './sending-operations.ts';

/** A rehearsal stands in one message with what it says itself. */
const mostRehearsed = 6_000;

/** The weekly digest for leaders, to the channel of its cadence. Asks nobody. */
export const digestRitual: Ritual = {
  key: 'digest',
  name: 'Digest for leaders',
  async open(tx, occurrences) {
    const opened = new Map<number, Opened>();
    for (const occurrence of occurrences) {
      await sendDigest(tx, occurrence, lateOf(occurrence));
      opened.set(occurrence.id, { held: true });
    }
    return opened;
  },
  asking: {
    ofTeams: 'Tells leaders how the whole company stands, not only',
    ofAll: 'Tells leaders how the company stands',
  },
  whom: () => Promise.resolve({ people: 0 }),
  rehearse,
};

function lateOf({ dueAt, plannedAt, timezone }: Occurrence): string | null {
  return lateWords(dueAt, plannedAt, timezone);
}

async function rehearse(db: Database, { workspaceId, cadenceId }: Prospect): Promise<Rehearsal> {
  const { gathered } = await gather(db, workspaceId, cadenceId);
  const content = digestBlocks(gathered, noEdits, { isStill: true, most: mostRehearsed });
  return {
    asked: [],
    shown: [{ where: 'The channel; four hours before product operations reads it and can edit it', content }],
  };
}
