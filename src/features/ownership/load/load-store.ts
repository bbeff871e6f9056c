import { sql } from 'kysely';
import type { Database } from '../../../platform/db/database.ts';
import type { PersonRef } from '../core/rock.ts';
import type { Carried, Load, Taker, TeamLoad } from './core/load.ts';

/**
 * SQL of what the people of `ids` carry, a row a rock: what they own and have not lent out, and what they have on
 * loan. A rock that is set down or retired is carried by nobody.
 */
export function carried(workspaceId: string, ids: readonly number[]) {
  return sql`
    select s.person_id, s.rock_id, false as is_on_loan
    from stints s
    where s.workspace_id = ${workspaceId} and s.person_id = any(${ids}::bigint[]) and s.ended_at is null
      and not exists (select from handoffs h
        where h.rock_id = s.rock_id and h.kind = 'lend' and h.state = 'accepted')
    union all
    select h.to_id, h.rock_id, true
    from handoffs h
    where h.workspace_id = ${workspaceId} and h.to_id = any(${ids}::bigint[]) and h.ended_at is null
      and h.kind = 'lend' and h.state = 'accepted'`;
}

/** The sums of these people; nobody of the workspace is left out. */
export async function listLoads(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<(Load & { personId: number })[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Load & { personId: number }>`
    select p.id as "personId", count(r.id) as rocks, coalesce(sum(r.weight), 0)::integer as load,
      coalesce(p.backpack_limit, w.backpack_limit) as limit
    from people p
    join workspaces w on w.id = p.workspace_id
    left join (${carried(workspaceId, ids)}) c on c.person_id = p.id
    left join rocks r on r.id = c.rock_id and r.state = 'active'
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::bigint[])
    group by p.id, w.backpack_limit`.execute(db);
  return rows;
}

/** A rock that somebody carries, with whoever is near it; their loads are asked apart. */
export type CarriedRow = Omit<Carried, 'takers'> & { takers: (PersonRef & Pick<Taker, 'as'>)[] };

/**
 * What a person carries, as far as a viewer sees it, with those who are near each rock: its backups, contributors and
 * the members of its team who are in Slack and not away today. A rock for few eyes has no teammates.
 */
export async function listCarried(
  db: Database,
  workspaceId: string,
  personId: number,
  viewerId: number,
): Promise<CarriedRow[]> {
  const { rows } = await sql<Omit<CarriedRow, 'takers'> & { takers: CarriedRow['takers'] | null }>`
    select r.id, r.name, r.importance, r.weight, c.is_on_loan as "isOnLoan",
      exists (select from handoffs h where h.rock_id = r.id and h.from_id = ${personId}
        and h.state in ('offered', 'changes-suggested') and h.kind <> 'lend') as "isOffered",
      (select json_agg(json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name,
          'isDeactivated', false, 'as', near.what))
        from (
          select person_id, (array_agg(what order by nearness))[1] as what from (
            select b.person_id, 'backup' as what, 1 as nearness from rock_backups b where b.rock_id = r.id
            union all
            select n.person_id, 'contributor', 2 from rock_contributors n where n.rock_id = r.id
            union all
            select m.person_id, 'teammate', 3 from team_members m
            where m.team_id = r.team_id and r.visibility <> 'people'
          ) everybody group by person_id
        ) near
        join people p on p.id = near.person_id
        where p.id <> ${personId} and p.kind = 'member' and p.slack_id is not null and p.deactivated_at is null
          and not exists (select from absences a where a.person_id = p.id
            and (company_now(w) at time zone coalesce(p.timezone, w.timezone))::date
              between a.starts_on and a.ends_on)) as takers
    from (${carried(workspaceId, [personId])}) c
    join rocks r on r.id = c.rock_id and r.state = 'active'
    join workspaces w on w.id = r.workspace_id
    where sees(r, ${viewerId})
    order by r.id`.execute(db);
  return rows.map((row) => ({ ...row, takers: row.takers ?? [] }));
}

/** The sums of teams with at least so many members who are still there, by name. */
export async function listTeamLoads(
  db: Database,
  workspaceId: string,
  leastMembers: number,
): Promise<TeamLoad[]> {
  const { rows } = await sql<{ id: number; name: string; members: number[] }>`
    select t.id, t.name, array_agg(p.id) as members
    from teams t
    join team_members m on m.team_id = t.id
    join people p on p.id = m.person_id and p.deactivated_at is null
    where t.workspace_id = ${workspaceId}
    group by t.id having count(*) >= ${leastMembers}
    order by t.name, t.id`.execute(db);
  const everybody = [...new Set(rows.flatMap(({ members }) => members))];
  const loads = new Map((await listLoads(db, workspaceId, everybody)).map((it) => [it.personId, it]));
  const sum = (members: number[], of: 'rocks' | 'load' | 'limit'): number =>
    members.reduce((total, id) => total + (loads.get(id)?.[of] ?? 0), 0);
  return rows.map(({ id, name, members }) => ({
    id,
    name,
    people: members.length,
    rocks: sum(members, 'rocks'),
    load: sum(members, 'load'),
    limit: sum(members, 'limit'),
  }));
}
