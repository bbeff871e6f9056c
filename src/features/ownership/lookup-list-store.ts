import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { type ListedRock, type PersonRef, type RockList, staleAfterDays } from './core/rock.ts';
import { importances } from './core/rock-fields.ts';
import { personRef } from './lookup-sql.ts';

export type RockFilter =
  | { ids: readonly number[] }
  /** What they carry, what they have on loan and what they stand in for. */
  | { personId: number }
  /** What any of them owns. */
  | { ownerIds: readonly number[] }
  | { channel: { slackId: string | null; name: string | null } }
  | { unowned: true }
  | { stale: true }
  | { teamId: number }
  | { all: true };

type Row = Omit<ListedRock, 'stint' | 'loan'> & {
  since: Temporal.Instant | null;
  confirmedAt: Temporal.Instant | null;
  carrier: PersonRef | null;
  until: Temporal.PlainDate | null;
  total: number;
  owners: number;
  carriers: number;
};

/** As people look names up: without accents and capitals, so that “À la carte” stands among the A. */
const nameOrder = sql`(select n.normal from rock_names n where n.rock_id = r.id and n.kind = 'name' and n.position = 0)`;

/** What matters most comes first; what nobody has judged stands in the middle. */
const importanceOrder = sql.raw(
  `array_position(array['${importances.join("', '")}'], coalesce(r.importance, 'important'))`,
);

/** The first `limit` rocks of a list that the viewer sees, and how many they are in all. */
export async function listRocks(
  db: Database,
  workspaceId: string,
  filter: RockFilter,
  limit: number,
  viewerId: number,
): Promise<RockList> {
  const { rows } = await sql<Row>`
    select r.id, r.name, r.state, r.importance, t.name as team, ${relation(filter)} as "as",
      case when p.id is not null then json_build_object(${sql.raw(personRef)}) end as owner,
      s.began_at as since, s.confirmed_at as "confirmedAt", h.until_on as until,
      (select json_build_object(${sql.raw(personRef)}) from people p where p.id = h.to_id) as carrier,
      company_now(w) as now, w.timezone, count(*) over () as total,
      count(*) filter (where ${relation(filter)} = 'owner') over () as owners,
      count(*) filter (where ${relation(filter)} = 'carrier') over () as carriers
    from rocks r
    join workspaces w on w.id = r.workspace_id
    left join teams t on t.id = r.team_id
    left join stints s on s.rock_id = r.id and s.ended_at is null
    left join people p on p.id = s.person_id
    left join handoffs h on h.rock_id = r.id and h.kind = 'lend' and h.state = 'accepted'
    where r.workspace_id = ${workspaceId} and (r.visibility = 'workspace' or sees(r, ${viewerId}))
      and ${condition(workspaceId, filter)}
    order by ${order(filter)} limit ${limit}`.execute(db);
  const { total = 0, owners = 0, carriers = 0 } = rows[0] ?? {};
  return {
    rocks: rows.map(readRow),
    total,
    counts: { owner: owners, carrier: carriers, backup: total - owners - carriers },
  };
}

/** How many rocks that the viewer sees the company chose not to carry now. */
export async function countSetDown(db: Database, workspaceId: string, viewerId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from rocks r where r.workspace_id = ${workspaceId} and r.state = 'set-down'
      and (r.visibility = 'workspace' or sees(r, ${viewerId}))`.execute(db);
  return rows[0]?.count ?? 0;
}

function readRow({ id, name, state, importance, team, owner, as, now, timezone, ...row }: Row): ListedRock {
  const { since, confirmedAt, carrier, until } = row;
  const stint = since === null ? null : { since, confirmedAt };
  const loan = carrier === null || until === null ? null : { to: carrier, until };
  return { id, name, state, importance, team, owner, as, stint, loan, now, timezone };
}

function relation(filter: RockFilter): RawBuilder<unknown> {
  if (!('personId' in filter)) return sql`'owner'`;
  return sql`case when s.person_id = ${filter.personId} then 'owner'
    when h.to_id = ${filter.personId} then 'carrier' else 'backup' end`;
}

function condition(workspaceId: string, filter: RockFilter): RawBuilder<unknown> {
  if ('ids' in filter) return sql`r.id = any(${filter.ids}::bigint[])`;
  if ('personId' in filter) {
    const theirs = sql`workspace_id = ${workspaceId} and person_id = ${filter.personId}`;
    return sql`r.state = 'active' and r.id in (
      select rock_id from stints where ${theirs} and ended_at is null
      union all select rock_id from rock_backups where ${theirs}
      union all select rock_id from handoffs where workspace_id = ${workspaceId}
        and to_id = ${filter.personId} and ended_at is null and kind = 'lend' and state = 'accepted')`;
  }
  if ('ownerIds' in filter) return sql`s.person_id = any(${filter.ownerIds}::bigint[])`;
  if ('unowned' in filter) return sql`r.state = 'active' and s.id is null`;
  if ('stale' in filter) {
    return sql`coalesce(s.confirmed_at, s.began_at) < company_now(w) - make_interval(days => ${staleAfterDays})`;
  }
  if ('all' in filter) return sql`r.state <> 'retired'`;
  if ('teamId' in filter) return sql`r.team_id = ${filter.teamId} and r.state <> 'retired'`;
  const { slackId, name } = filter.channel;
  const channels = sql`select id from channels where workspace_id = ${workspaceId}
    and case when ${slackId}::text is not null then slack_id = ${slackId} else name = ${name} end`;
  return sql`r.state <> 'retired'
    and (r.channel_id in (${channels}) or (r.channel_id is null and t.channel_id in (${channels})))`;
}

/** What somebody carries goes by name; gaps and what is stale by team, the one with the most important first. */
function order(filter: RockFilter): RawBuilder<unknown> {
  if ('personId' in filter) {
    return sql`case ${relation(filter)} when 'owner' then 1 when 'carrier' then 2 else 3 end, ${nameOrder}, r.id`;
  }
  if ('ownerIds' in filter) return sql`p.name, p.id, ${nameOrder}, r.id`;
  if ('unowned' in filter || 'stale' in filter || 'all' in filter) {
    return sql`min(${importanceOrder}) over (partition by r.team_id), t.name nulls last, r.team_id,
      ${importanceOrder}, ${nameOrder}, r.id`;
  }
  return sql`${nameOrder}, r.id`;
}
