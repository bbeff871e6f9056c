import { sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { Cycle } from './core/cycle.ts';
import type { PresentKeyResult, PresentObjective } from './core/present.ts';
import { listCycles } from './editing/cycle-store.ts';

/** The workspace's cycles, and the objectives that somebody sees with their key results, in the order of their making. */
export async function presentOkrs(
  db: Database,
  workspaceId: string,
  viewerId: number,
): Promise<{ cycles: Cycle[]; objectives: PresentObjective[] }> {
  const { rows: objectives } = await sql<Omit<PresentObjective, 'keyResults'>>`
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
