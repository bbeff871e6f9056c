import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { CycleState } from '../core/cycle.ts';
import type { Planned } from './core/plan.ts';

export type Planning = {
  occurrenceId: number;
  messageId: number;
  cadenceId: number;
  cycle: { id: number; key: string; state: CycleState };
  isOpen: boolean;
};

export async function insertPlanning(
  tx: Tx,
  planning: { workspaceId: string; occurrenceId: number; cycleId: number; messageId: number },
): Promise<void> {
  await tx
    .insertInto('okr_plannings')
    .values({
      workspace_id: planning.workspaceId,
      occurrence_id: planning.occurrenceId,
      cycle_id: planning.cycleId,
      message_id: planning.messageId,
    })
    .execute();
}

/** Plannings by their occurrences; of all, those that are open. */
export async function listPlannings(
  db: Database,
  workspaceId: string,
  occurrenceIds: readonly number[] | null,
): Promise<Planning[]> {
  const which =
    occurrenceIds === null ? sql`o.state = 'open'` : sql`o.id = any(${[...occurrenceIds]}::bigint[])`;
  const { rows } = await sql<Planning>`
    select p.occurrence_id as "occurrenceId", p.message_id as "messageId", o.cadence_id as "cadenceId",
      json_build_object('id', c.id, 'key', c.key, 'state', c.state) as cycle, o.state = 'open' as "isOpen"
    from okr_plannings p
    join occurrences o on o.id = p.occurrence_id
    join cycles c on c.id = p.cycle_id
    where p.workspace_id = ${workspaceId} and ${which} order by p.occurrence_id`.execute(db);
  return rows;
}

/**
 * The objectives of a cycle that everybody may see and that concern a cadence: of its teams or needing them; of the teams
 * whose home is its channel where it names none; of all where there are none of these either, or no cadence.
 */
export async function listPlanned(
  db: Database,
  cycleId: number,
  cadenceId: number | null,
): Promise<Planned[]> {
  const { rows } = await sql<Planned>`
    with chosen as (
      select team_id as id from cadence_teams where cadence_id = ${cadenceId}::bigint
    ), asked as (
      select id from chosen
      union all
      select t.id from teams t join cadences d on d.channel_id = t.channel_id
      where d.id = ${cadenceId}::bigint and not exists (select from chosen)
    )
    select o.id, o.title, o.team_id as "teamId", t.name as team, p.name as owner,
      (o.supports_id is not null or exists (select from strategy_in_force l where l.id = o.line_id)) as "isSupporting",
      fc.key as "carriedFrom",
      (select count(*) from key_results k where k.objective_id = o.id and k.state = 'active'
        and k.commitment = 'committed') as committed,
      (select count(*) from key_results k where k.objective_id = o.id and k.state = 'active'
        and k.commitment = 'aspirational') as aspirational,
      coalesce((select json_agg(n.name order by n.name) from objective_needs d join teams n on n.id = d.team_id
        where d.objective_id = o.id), '[]') as needs
    from objectives o
    left join teams t on t.id = o.team_id
    left join people p on p.id = o.owner_id
    left join objectives f on f.id = o.carried_from_id
    left join cycles fc on fc.id = f.cycle_id
    where o.cycle_id = ${cycleId} and o.state = 'active' and o.visibility = 'workspace'
      and (not exists (select from asked) or o.team_id in (select id from asked)
        or exists (select from objective_needs d where d.objective_id = o.id and d.team_id in (select id from asked)))
    order by o.position, o.id`.execute(db);
  return rows;
}
