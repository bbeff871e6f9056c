import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { every, type Named, namedOf, type Present, presentFieldsOf } from './parts-sql.ts';

export type RockRow = {
  key: string;
  name: string;
  summary: string | null;
  aliases: string[];
  type: 'area' | 'activity';
  discipline: string | null;
  importance: string | null;
  state: 'active' | 'set-down' | 'retired';
  owner: Present | null;
  since: Temporal.Instant | null;
  confirmedAt: Temporal.Instant | null;
  isActing: boolean | null;
  carrier: (Present & { until: string }) | null;
  backups: Present[];
  team: Named | null;
  channel: { slack_id: string; name: string } | null;
  links: { label: string; url: string }[];
  setDownAt: Temporal.Instant | null;
  setDownReason: string | null;
  lookAgainOn: Temporal.PlainDate | null;
  retiredAt: Temporal.Instant | null;
  retiredReason: string | null;
  successor: Named | null;
};

/** Which rocks: those of all conditions that are given. `after`: the key at which the page before ended. */
export type RockFilter = {
  ids?: readonly number[];
  key?: string;
  teamId?: number | undefined;
  ownerId?: number | 'nobody' | undefined;
  state?: RockRow['state'] | 'not-retired';
  after?: string | undefined;
};

/** Rocks that everybody may see, by key; of a channel that is private, or of which that is not known yet, nothing is told. */
export async function listRocks(
  db: Database,
  workspaceId: string,
  filter: RockFilter,
  limit: number,
): Promise<(RockRow & { id: number })[]> {
  const { rows } = await sql<RockRow & { id: number }>`
    select r.id, r.key, r.name, r.summary, r.type, r.discipline, r.importance, r.state,
      array(select n.name from rock_names n where n.rock_id = r.id and n.kind = 'alias' order by n.position) as aliases,
      case when p.id is not null then json_build_object(${presentFieldsOf('p')}) end as owner,
      s.began_at as since, s.confirmed_at as "confirmedAt", s.began = 'acting' as "isActing",
      (select json_build_object(${presentFieldsOf('b')}, 'until', h.until_on)
        from handoffs h join people b on b.id = h.to_id
        where h.rock_id = r.id and h.kind = 'lend' and h.state = 'accepted') as carrier,
      coalesce((select json_agg(json_build_object(${presentFieldsOf('b')}) order by x.position)
        from rock_backups x join people b on b.id = x.person_id where x.rock_id = r.id), '[]') as backups,
      ${namedOf('t')} as team,
      case when c.slack_id is not null and not c.is_private
        then json_build_object('slack_id', c.slack_id, 'name', c.name) end as channel,
      coalesce((select json_agg(json_build_object('label', l.label, 'url', l.url) order by l.position)
        from rock_links l where l.rock_id = r.id), '[]') as links,
      r.set_down_at as "setDownAt", r.set_down_reason as "setDownReason", r.look_again_on as "lookAgainOn",
      r.retired_at as "retiredAt", r.retired_reason as "retiredReason", ${namedOf('n')} as successor
    from rocks r
    join workspaces w on w.id = r.workspace_id
    left join teams t on t.id = r.team_id
    left join channels c on c.id = r.channel_id
    left join stints s on s.rock_id = r.id and s.ended_at is null
    left join people p on p.id = s.person_id
    left join rocks n on n.id = r.successor_id and n.visibility = 'workspace'
    where r.workspace_id = ${workspaceId} and r.visibility = 'workspace' and ${condition(filter)}
    order by r.key limit ${limit}`.execute(db);
  return rows;
}

function condition({ ids, key, teamId, ownerId, state, after }: RockFilter): RawBuilder<boolean> {
  return every([
    sql`true`,
    ids === undefined ? null : sql`r.id = any(${[...ids]}::bigint[])`,
    key === undefined ? null : sql`r.key = ${key}`,
    teamId === undefined ? null : sql`r.team_id = ${teamId}`,
    ownerId === undefined ? null : ownerId === 'nobody' ? sql`s.id is null` : sql`s.person_id = ${ownerId}`,
    state === undefined
      ? null
      : state === 'not-retired'
        ? sql`r.state <> 'retired'`
        : sql`r.state = ${state}`,
    after === undefined ? null : sql`r.key > ${after}`,
  ]);
}
