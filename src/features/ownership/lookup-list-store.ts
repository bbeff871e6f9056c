import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import { type Backpack, type RockLine, staleAfterDays } from './core/rock.ts';
import { personRef } from './lookup-sql.ts';

export type RockFilter =
  | { ids: number[] }
  | { ownerId: number }
  | { channel: { slackId: string | null; name: string | null } }
  | { unowned: true }
  | { stale: true };

/** As people look names up: without accents and capitals, so that “À la carte” stands among the A. */
const nameOrder = sql`(select n.normal from rock_names n where n.rock_id = r.id and n.kind = 'name' and n.position = 0)`;

/** Lines of a list by name, the first `limit`, and how many there are in all. */
export async function listRocks(
  db: Database,
  workspaceId: string,
  filter: RockFilter,
  limit: number,
  viewerId: number,
): Promise<{ rocks: RockLine[]; total: number }> {
  const { rows } = await sql<RockLine & { total: number }>`
    select r.id, r.name, t.name as team, count(*) over () as total,
      case when p.id is not null then json_build_object(${sql.raw(personRef)}) end as owner
    from rocks r
    join workspaces w on w.id = r.workspace_id
    left join teams t on t.id = r.team_id
    left join stints s on s.rock_id = r.id and s.ended_at is null
    left join people p on p.id = s.person_id
    where r.workspace_id = ${workspaceId} and (r.visibility = 'workspace' or sees(r, ${viewerId})) and ${condition(workspaceId, filter)}
    order by ${nameOrder}, r.id limit ${limit}`.execute(db);
  return {
    rocks: rows.map(({ id, name, team, owner }) => ({ id, name, team, owner })),
    total: rows[0]?.total ?? 0,
  };
}

/** What a person carries, then what they stand in for, each by name: `limit` of them after `offset`. */
export async function listBackpack(
  db: Database,
  workspaceId: string,
  personId: number,
  { offset, limit }: { offset: number; limit: number },
): Promise<Backpack> {
  const { rows } = await sql<Omit<Backpack, 'rocks'> & { rocks: Backpack['rocks'] | null }>`
    with mine as (
      select rock_id, 1 as rank from stints
      where workspace_id = ${workspaceId} and person_id = ${personId} and ended_at is null
      union all
      select rock_id, 2 from rock_backups where workspace_id = ${workspaceId} and person_id = ${personId}
    ), shown as (
      select mine.rank, ${nameOrder} as place, r.id, r.name, r.team_id
      from mine join rocks r on r.id = mine.rock_id
      order by mine.rank, place, r.id offset ${offset} limit ${limit}
    )
    select count(*) filter (where rank = 1) as owned, count(*) filter (where rank = 2) as "backedUp",
      (select json_agg(json_build_object('id', shown.id, 'name', shown.name, 'team', t.name,
          'as', case shown.rank when 1 then 'owner' else 'backup' end,
          'owner', case when p.id is not null then json_build_object(${sql.raw(personRef)}) end)
          order by shown.rank, shown.place, shown.id)
        from shown
        left join teams t on t.id = shown.team_id
        left join stints s on s.rock_id = shown.id and s.ended_at is null
        left join people p on p.id = s.person_id) as rocks
    from mine`.execute(db);
  const [row] = rows;
  return { owned: row?.owned ?? 0, backedUp: row?.backedUp ?? 0, rocks: row?.rocks ?? [] };
}

function condition(workspaceId: string, filter: RockFilter): RawBuilder<unknown> {
  if ('ids' in filter) return sql`r.id = any(${filter.ids}::bigint[])`;
  if ('ownerId' in filter) return sql`s.person_id = ${filter.ownerId}`;
  if ('unowned' in filter) return sql`r.state = 'active' and s.id is null`;
  if ('stale' in filter) {
    return sql`coalesce(s.confirmed_at, s.began_at) < company_now(w) - make_interval(days => ${staleAfterDays})`;
  }
  const { slackId, name } = filter.channel;
  const channels = sql`select id from channels where workspace_id = ${workspaceId}
    and case when ${slackId}::text is not null then slack_id = ${slackId} else name = ${name} end`;
  return sql`(r.channel_id in (${channels}) or (r.channel_id is null and t.channel_id in (${channels})))`;
}
