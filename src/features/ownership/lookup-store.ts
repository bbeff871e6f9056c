import { type RawBuilder, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Candidate, mostSlips } from './core/ranking.ts';
import { type PersonRef, type RockCard, type RockLine, staleAfterDays } from './core/rock.ts';

/** Instants inside JSON come as text. */
type CardRow = Omit<RockCard, 'owner'> & {
  owner: (PersonRef & { timezone: string; since: string; confirmedAt: string | null }) | null;
};

const personRef = sql`'id', p.id, 'slackId', p.slack_id, 'name', p.name, 'isDeactivated', p.deactivated_at is not null`;

/** The whole answer in one statement: every part is a look-up by key. */
async function cards(db: Database, workspaceId: string, ids: RawBuilder<unknown>): Promise<RockCard[]> {
  const { rows } = await sql<CardRow>`
    select r.id, r.key, r.name, r.summary, t.name as team, now() + w.clock_offset as now,
      case when c.id is not null then json_build_object('slackId', c.slack_id, 'name', c.name) end as channel,
      (select json_build_object(${personRef}, 'timezone', coalesce(p.timezone, w.timezone),
          'since', s.began_at, 'confirmedAt', s.confirmed_at)
        from stints s join people p on p.id = s.person_id
        where s.rock_id = r.id and s.ended_at is null) as owner,
      array(select json_build_object(${personRef})
        from rock_backups b join people p on p.id = b.person_id
        where b.rock_id = r.id order by b.position) as backups,
      array(select json_build_object('label', l.label, 'url', l.url)
        from rock_links l where l.rock_id = r.id order by l.position limit 3) as links
    from rocks r
    join workspaces w on w.id = r.workspace_id
    left join teams t on t.id = r.team_id
    left join channels c on c.id = r.channel_id
    where r.workspace_id = ${workspaceId} and r.id in (${ids})
    order by r.key`.execute(db);
  return rows.map((row) => ({
    ...row,
    owner: row.owner && {
      ...row.owner,
      since: Temporal.Instant.from(row.owner.since),
      confirmedAt: row.owner.confirmedAt === null ? null : Temporal.Instant.from(row.owner.confirmedAt),
    },
  }));
}

/** Rocks with exactly this name, key or alias, as they are compared; at most six. */
export async function findCardsByName(
  db: Database,
  workspaceId: string,
  normal: string,
): Promise<RockCard[]> {
  return await cards(
    db,
    workspaceId,
    sql`select rock_id from rock_names
      where workspace_id = ${workspaceId} and normal = ${normal} group by rock_id limit 6`,
  );
}

/** Rocks with the longest of these places among their links; `places` come longest first. */
export async function findCardsByPlace(
  db: Database,
  workspaceId: string,
  places: string[],
): Promise<RockCard[]> {
  return await cards(
    db,
    workspaceId,
    sql`select rock_id from rock_links where workspace_id = ${workspaceId} and place = (
        select place from rock_links where workspace_id = ${workspaceId} and place = any(${places}::text[])
        order by length(place) desc limit 1)
      group by rock_id limit 6`,
  );
}

export async function findCard(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<RockCard | undefined> {
  const [card] = await cards(db, workspaceId, sql`${rockId}::bigint`);
  return card;
}

/**
 * Names that look like `normal`, have it among their words, or are about as long and not wholly unlike it,
 * most alike first. A single slip leaves a short word few trigrams in common ("refnud" and "refund"), too few
 * for Postgres to call them alike; whether it was a slip is for the ranking to say.
 */
export async function findCandidates(
  db: Database,
  workspaceId: string,
  normal: string,
): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select rock_id as "rockId", normal,
      greatest(similarity(normal, ${normal}), word_similarity(${normal}, normal) * 0.9)::float8 as similarity
    from rock_names
    where workspace_id = ${workspaceId} and (normal % ${normal} or ${normal} <% normal
      or (abs(length(normal) - length(${normal})) <= ${mostSlips} and similarity(normal, ${normal}) >= 0.1))
    order by similarity desc limit 50`.execute(db);
  return rows;
}

export type RockFilter =
  | { ids: number[] }
  | { ownerId: number }
  | { channel: { slackId: string | null; name: string | null } }
  | { unowned: true }
  | { stale: true };

/** Lines of a list by name, the first `limit`, and how many there are in all. */
export async function listRocks(
  db: Database,
  workspaceId: string,
  filter: RockFilter,
  limit: number,
): Promise<{ rocks: RockLine[]; total: number }> {
  const { rows } = await sql<RockLine & { total: number }>`
    select r.id, r.name, t.name as team, count(*) over () as total,
      case when p.id is not null then json_build_object(${personRef}) end as owner
    from rocks r
    join workspaces w on w.id = r.workspace_id
    left join teams t on t.id = r.team_id
    left join stints s on s.rock_id = r.id and s.ended_at is null
    left join people p on p.id = s.person_id
    where r.workspace_id = ${workspaceId} and ${condition(workspaceId, filter)}
    order by r.key limit ${limit}`.execute(db);
  return {
    rocks: rows.map(({ id, name, team, owner }) => ({ id, name, team, owner })),
    total: rows[0]?.total ?? 0,
  };
}

function condition(workspaceId: string, filter: RockFilter): RawBuilder<unknown> {
  if ('ids' in filter) return sql`r.id = any(${filter.ids}::bigint[])`;
  if ('ownerId' in filter) return sql`s.person_id = ${filter.ownerId}`;
  if ('unowned' in filter) return sql`s.id is null`;
  if ('stale' in filter) {
    return sql`coalesce(s.confirmed_at, s.began_at) < now() + w.clock_offset - make_interval(days => ${staleAfterDays})`;
  }
  const { slackId, name } = filter.channel;
  const channels = sql`select id from channels where workspace_id = ${workspaceId}
    and case when ${slackId}::text is not null then slack_id = ${slackId} else name = ${name} end`;
  return sql`(r.channel_id in (${channels}) or (r.channel_id is null and t.channel_id in (${channels})))`;
}

/** Keeps a question that found nothing, without the asker. */
export async function insertMiss(tx: Tx, workspaceId: string, query: string, normal: string): Promise<void> {
  await sql`
    insert into misses (workspace_id, query, normal, asked_at)
    select id, ${query}, ${normal}, now() + clock_offset from workspaces where id = ${workspaceId}`.execute(
    tx,
  );
}
