import type { Occurrence, Opened, Ritual } from '../../../cadence/ritual.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { lockCycle } from '../editing/cycle-store.ts';
import { lockObjectives } from '../editing/store.ts';
import type { OkrMoving } from '../moved.ts';
import { cycleOf, whyNotGraded } from './choosing.ts';
import { beginGrading } from './closing.ts';
import { rehearseClose } from './rehearsing.ts';
import { listGrades } from './store.ts';

/** At the end of a cycle: whoever owns key results grades them, then the cycle is closed. */
export function okrClose(moving: OkrMoving): Ritual {
  return {
    key: 'okr-close',
    name: 'OKR close',
    async open(tx, occurrences) {
      const opened = new Map<number, Opened>();
      for (const occurrence of occurrences) opened.set(occurrence.id, await openOne(moving, tx, occurrence));
      return opened;
    },
    asking: {
      ofTeams: 'Asks the owners of all key results of the cycle that ends, not only those of',
      ofAll: 'Asks the owners of all key results of the cycle that ends',
    },
    async whom(db, prospect) {
      const cycle = await cycleOf(db, prospect);
      if (cycle === null || whyNotGraded(cycle) !== null) return { people: 0 };
      const rows = await listGrades(db, prospect.workspaceId, cycle.id);
      return { people: new Set(rows.flatMap(({ askedId }) => askedId ?? [])).size };
    },
    rehearse: rehearseClose,
  };
}

async function openOne(moving: OkrMoving, tx: Tx, occurrence: Occurrence): Promise<Opened> {
  const { workspaceId, channelId, plannedAt: at } = occurrence;
  await lockObjectives(tx, workspaceId);
  const found = await cycleOf(tx, occurrence);
  const cycle = found && ((await lockCycle(tx, workspaceId, found.id, 'update')) ?? null);
  const reason = whyNotGraded(cycle);
  if (cycle === null || reason !== null) return { held: false, reason: reason ?? '' };
  await beginGrading(moving, { tx, workspaceId, at, doer: { kind: 'clock' } }, cycle, channelId);
  return { held: true };
}
