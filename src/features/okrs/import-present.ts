import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { OkrState } from '../../platform/db/tables.ts';
import type { Cycle } from './core/cycle.ts';
import { listCycles } from './editing/cycle-store.ts';
import type { MeasureType } from './editing/core/measure.ts';
import type { Commitment } from './core/health.ts';
import type { Direction } from './file-key-results.ts';

/** A key result as a sheet is compared with it; the due day is an ISO date. */
export type PresentKeyResult = {
  id: number;
  key: string;
  objectiveId: number;
  title: string;
  ownerId: number | null;
  backupId: number | null;
  type: MeasureType;
  unit: string | null;
  direction: Direction;
  start: number | null;
  target: number;
  current: number | null;
  commitment: Commitment;
  dueOn: string | null;
  state: OkrState;
};
export type PresentOkr = {
  id: number;
  key: string;
  title: string;
  cycleId: number;
  ownerId: number | null;
  teamId: number | null;
  state: OkrState;
  keyResults: readonly PresentKeyResult[];
};

/** The workspace's cycles, and the objectives that somebody sees with their key results, in the order of their making. */
export async function presentOkrs(
  db: Database,
  workspaceId: string,
  viewerId: number,
): Promise<{ cycles: Cycle[]; objectives: PresentOkr[] }> {
  const { rows: objectives } = await sql<Omit<PresentOkr, 'keyResults'>>`
    select o.id, o.key, o.title, o.cycle_id as "cycleId", o.owner_id as "ownerId", o.team_id as "teamId", o.state
    from objectives o where o.workspace_id = ${workspaceId} and sees_objective(o, ${viewerId})
    order by o.id`.execute(db);
  const { rows: keyResults } = await sql<PresentKeyResult>`
    select k.id, k.key, k.objective_id as "objectiveId", k.title, k.owner_id as "ownerId", k.backup_id as "backupId",
      k.type, k.unit, k.direction, k.start_value as start, k.target_value as target, k.current_value as current,
      k.commitment, k.due_on::text as "dueOn", k.state
    from key_results k where k.workspace_id = ${workspaceId} order by k.id`.execute(db);
  const byObjective = Map.groupBy(keyResults, ({ objectiveId }) => objectiveId);
  return {
    cycles: await listCycles(db, workspaceId),
    objectives: objectives.map((row) => ({ ...row, keyResults: byObjective.get(row.id) ?? [] })),
  };
}
