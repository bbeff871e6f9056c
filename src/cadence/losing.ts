import { tellAll } from '../delivery/outbox.ts';
import { recordEvents } from '../platform/db/events.ts';
import type { Work } from './batches.ts';
import { lossWords } from './core/lost-channel.ts';
import type { PlannerDeps } from './deps.ts';
import { lostChannelBlocks } from './lost-channel-blocks.ts';
import { type LostCadence, listTellable, lockLost, savePauses } from './lost-store.ts';

/** Pauses cadences whose channel is archived or lost, and tells who set them up, else the Slack admins. */
export function losing({ workspaceId, rituals, log }: PlannerDeps): Work<LostCadence> {
  return {
    failure: 'this cadence could not be paused, though its channel is lost',
    lock: async (tx, choice) => await lockLost(tx, workspaceId, choice),
    async work(tx, cadences) {
      const [first] = cadences;
      if (first === undefined) return () => {};
      const at = first.now;
      const reasons = cadences.map((cadence) => ({ id: cadence.id, reason: lossWords(cadence).why }));
      await savePauses(tx, at, reasons);
      await recordEvents(
        tx,
        reasons.map(({ id, reason }) => ({
          workspaceId,
          at,
          doer: { kind: 'clock' },
          type: 'cadence.paused',
          subject: { kind: 'cadence', id },
          before: { state: 'active' },
          after: { state: 'paused', reason },
        })),
      );
      const creators = cadences.flatMap(({ createdBy }) => createdBy ?? []);
      const tellable = await listTellable(tx, workspaceId, creators);
      await tellAll(
        tx,
        cadences.flatMap((cadence) => {
          const creator = tellable.filter(({ id }) => id === cadence.createdBy);
          const asked = creator.length > 0 ? 'creator' : 'admin';
          const told = creator.length > 0 ? creator : tellable.filter(({ isAdmin }) => isAdmin);
          const ritual = rituals.get(cadence.ritual)?.name ?? cadence.ritual;
          return told.map((person) => ({
            workspaceId,
            // A cadence may be resumed and lose its channel again.
            dedupeKey: `cadence-lost:${cadence.id}:${person.id}:${at}`,
            to: { personId: person.id },
            content: lostChannelBlocks({ ...cadence, key: cadence.cadence, ritual }, asked),
            dueAt: at,
          }));
        }),
      );
      return () => {
        for (const { cadence, id, lostReason } of cadences) {
          log.warn({ cadence, id, reason: lostReason ?? 'archived' }, 'paused: its channel is lost');
        }
      };
    },
  };
}
