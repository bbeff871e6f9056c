import type { Occurrence, Opened, Prospect, Ritual } from '../../../cadence/ritual.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { Cycle } from '../core/cycle.ts';
import { listCycles, lockCycle } from '../editing/cycle-store.ts';
import { lockObjectives } from '../editing/store.ts';
import type { OkrMoving } from '../moved.ts';
import { beginGrading } from './closing.ts';
import { cycleToClose } from './core/next-cycle.ts';
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
      if (cycle?.state !== 'active') return { people: 0 };
      const rows = await listGrades(db, prospect.workspaceId, cycle.id);
      return { people: new Set(rows.flatMap(({ askedId }) => askedId ?? [])).size };
    },
  };
}

async function openOne(moving: OkrMoving, tx: Tx, occurrence: Occurrence): Promise<Opened> {
  const { workspaceId, channelId, plannedAt: at } = occurrence;
  await lockObjectives(tx, workspaceId);
  const found = await cycleOf(tx, occurrence);
  const cycle = found && (await lockCycle(tx, workspaceId, found.id, 'update'));
  if (!cycle) return { held: false, reason: 'no active cycle is over or about to end' };
  if (cycle.state !== 'active') return { held: false, reason: `${cycle.key} ${notActive[cycle.state]}` };
  await beginGrading(moving, { tx, workspaceId, at, doer: { kind: 'clock' } }, cycle, channelId);
  return { held: true };
}

const notActive = {
  draft: 'is a draft, so there is nothing to grade',
  grading: 'is being graded already',
  closed: 'is closed already',
} as const;

async function cycleOf(db: Database, { workspaceId, cycle: of, local }: Prospect): Promise<Cycle | null> {
  const cycles = await listCycles(db, workspaceId);
  return of === 'current'
    ? cycleToClose(cycles, local.toPlainDate())
    : (cycles.find(({ key }) => key === of) ?? null);
}
