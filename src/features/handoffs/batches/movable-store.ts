import { sql } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';
import { importances } from '../../ownership/core/rock-fields.ts';
import type { Movable, Receiver } from './core/spread.ts';

/** Whose rocks are to move: one person's, a team's, or one rock alone. */
export type Source = { personId: number } | { teamId: number } | { rockId: number };

/** As many rocks as are moved in one go, so that what was chosen fits beside a modal. */
export const mostMovable = 200;

const person = sql.raw(`json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name,
  'isDeactivated', p.deactivated_at is not null)`);
const importanceOrder = sql.raw(
  `array_position(array['${importances.join("', '")}'], coalesce(r.importance, 'important'))`,
);

/**
 * What could move, as far as the viewer sees it, what matters most first. Of somebody whose rocks were released
 * since they left it is what they own and what has not moved on since. `mayMove` is whether the viewer owns it, leads
 * its team or is an admin.
 */
export async function listMovable(
  db: Database,
  workspaceId: string,
  source: Source,
  viewer: { id: number; isAdmin: boolean },
): Promise<(Movable & { mayMove: boolean })[]> {
  const { rows } = await sql<Movable & { mayMove: boolean }>`
    select r.id, r.name, r.importance, r.weight, r.team_id as "teamId",
      (select ${person} from people p where p.id = s.person_id) as owner,
      coalesce((select json_agg(${person} order by b.position) from rock_backups b join people p on p.id = b.person_id
        where b.rock_id = r.id and p.kind = 'member' and p.slack_id is not null and p.deactivated_at is null),
        '[]') as backups,
      (select ${person} from handoffs h join people p on p.id = h.to_id
        where h.rock_id = r.id and h.state in ('asked', 'offered', 'changes-suggested')) as "offeredTo",
      ${viewer.isAdmin} or s.person_id = ${viewer.id}
        or exists (select from teams t where t.id = r.team_id and t.lead_id = ${viewer.id}) as "mayMove"
    from rocks r
    left join stints s on s.rock_id = r.id and s.ended_at is null
    where r.workspace_id = ${workspaceId} and r.state = 'active' and ${within(workspaceId, source)}
      and (r.visibility = 'workspace' or sees(r, ${viewer.id}))
    order by ${importanceOrder}, r.weight desc, r.name, r.id
    limit ${mostMovable}`.execute(db);
  return rows;
}

function within(workspaceId: string, source: Source) {
  if ('teamId' in source) return sql`r.team_id = ${source.teamId}`;
  if ('rockId' in source) return sql`r.id = ${source.rockId}`;
  return sql`r.id in (
    select rock_id from stints
    where workspace_id = ${workspaceId} and person_id = ${source.personId} and ended_at is null
    union
    select d.rock_id from departures of join departure_rocks d on d.departure_id = of.id
    where of.person_id = ${source.personId} and of.released_at is not null and of.returned_at is null
      and d.acting_stint_id is not distinct from (
        select c.id from stints c where c.rock_id = d.rock_id and c.ended_at is null))`;
}

/** Those of `ids` who are there, with the teams that they are in. */
export async function listTeamsOf(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<Map<number, Receiver['teamIds']>> {
  const { rows } = await sql<{ id: number; teamIds: number[] }>`
    select m.person_id as id, array_agg(m.team_id) as "teamIds" from team_members m
    where m.workspace_id = ${workspaceId} and m.person_id = any(${ids}::bigint[])
    group by m.person_id`.execute(db);
  return new Map(rows.map(({ id, teamIds }) => [id, teamIds]));
}

/** Every team, by name. */
export async function listTeams(db: Database, workspaceId: string): Promise<{ id: number; name: string }[]> {
  return await db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}
