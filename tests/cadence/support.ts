import type { Ending, Occurrence, Opened, Ritual } from '../../src/cadence/ritual.ts';
import { tellAll } from '../../src/delivery/outbox.ts';
import type { Tx } from '../../src/platform/db/database.ts';

/** A ritual that tells its channel that it happens, and keeps what it was asked to open and to close. */
export function keptRitual(opening: (occurrence: Occurrence) => Opened = () => ({ held: true })) {
  const opened: Occurrence[] = [];
  const closed: { ids: number[]; why: Ending }[] = [];
  const ritual: Ritual = {
    key: 'okr-check-in',
    name: 'OKR check-in',
    async open(tx: Tx, occurrences) {
      opened.push(...occurrences);
      await tellAll(
        tx,
        occurrences.map(({ workspaceId, id, channelId, name, dueAt }) => ({
          workspaceId,
          dedupeKey: `announced:${id}`,
          to: { channelId },
          content: { text: name, blocks: [] },
          dueAt,
        })),
      );
      return new Map(occurrences.map((occurrence) => [occurrence.id, opening(occurrence)]));
    },
    async close(_tx, _workspaceId, ids, why) {
      closed.push({ ids: [...ids], why });
    },
  };
  return { ritual, opened, closed };
}
