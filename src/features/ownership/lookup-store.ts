import { type RawBuilder, sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import { statement } from '../../platform/db/statement.ts';
import { askerColumn } from '../people/asker-column.ts';
import type { Person } from '../people/core/person.ts';
import { type Candidate, mostSlips } from './core/ranking.ts';
import { type Backpack, type PersonRef, type RockCard, type RockLine, staleAfterDays } from './core/rock.ts';

/** A card as JSON: its instants are text there. */
type CardJson = Omit<RockCard, 'owner' | 'backups' | 'links' | 'now'> & {
  owner: (PersonRef & { timezone: string; since: string; confirmedAt: string | null }) | null;
  backups: PersonRef[] | null;
  links: RockCard['links'] | null;
  now: string;
};

const personRef = `'id', p.id, 'slackId', p.slack_id, 'name', p.name, 'isDeactivated', p.deactivated_at is not null`;

/** The whole answer, of the workspace $1: every part is a look-up by key. */
const card = `json_build_object(
    'id', r.id, 'key', r.key, 'name', r.name, 'summary', r.summary, 'team', t.name,
    'now', company_now(w),
    'channel', case when c.id is not null then json_build_object('slackId', c.slack_id, 'name', c.name) end,
    'owner', (
      select json_build_object(${personRef}, 'timezone', coalesce(p.timezone, w.timezone),
        'since', s.began_at, 'confirmedAt', s.confirmed_at)
      from stints s join people p on p.id = s.person_id
      where s.rock_id = r.id and s.ended_at is null),
    'backups', (
      select json_agg(json_build_object(${personRef}) order by b.position)
      from rock_backups b join people p on p.id = b.person_id where b.rock_id = r.id),
    'links', (
      select json_agg(json_build_object('label', l.label, 'url', l.url) order by l.position)
      from rock_links l where l.rock_id = r.id and l.position < 3)
  ) as card`;

const fromRocks = `
  from rocks r
  join workspaces w on w.id = r.workspace_id
  left join teams t on t.id = r.team_id
  left join channels c on c.id = r.channel_id
  where r.workspace_id = $1`;

const named = 'select rock_id from rock_names where workspace_id = $1 and normal = $2 group by rock_id';

const cardForAsker = statement<{ card: CardJson; asker: Person | null }>(
  `select ${card}, ${askerColumn('w', '$3')} as asker ${fromRocks} and r.id in (${named} limit 2)`,
);
const cardsByName = statement<{ card: CardJson }>(
  `select ${card} ${fromRocks} and r.id in (${named} limit 6) order by r.key`,
);
const cardsByPlace = statement<{ card: CardJson }>(`select ${card} ${fromRocks} and r.id in (
    select rock_id from rock_links where workspace_id = $1 and place = (
      select place from rock_links where workspace_id = $1 and place = any($2::text[])
      order by length(place) desc limit 1)
    group by rock_id limit 6)
  order by r.key`);
const cardById = statement<{ card: CardJson }>(`select ${card} ${fromRocks} and r.id = $2`);

/**
 * The one rock of exactly this name, and who asks, in a single statement: what most questions need.
 * Undefined when there is no such rock, or more than one.
 */
export async function findCardForAsker(
  db: Database,
  workspaceId: string,
  normal: string,
  askerSlackId: string,
): Promise<{ card: RockCard; asker: Person | null } | undefined> {
  const [row, ...others] = await cardForAsker(db, workspaceId, normal, askerSlackId);
  if (row === undefined || others.length > 0) return undefined;
  return { card: readCard(row), asker: row.asker };
}

/** Rocks with exactly this name, key or alias, as they are compared; at most six. */
export async function findCardsByName(
  db: Database,
  workspaceId: string,
  normal: string,
): Promise<RockCard[]> {
  return (await cardsByName(db, workspaceId, normal)).map(readCard);
}

/** Rocks with the longest of these places among their links; at most six. */
export async function findCardsByPlace(
  db: Database,
  workspaceId: string,
  places: string[],
): Promise<RockCard[]> {
  return (await cardsByPlace(db, workspaceId, places)).map(readCard);
}

export async function findCard(
  db: Database,
  workspaceId: string,
  rockId: number,
): Promise<RockCard | undefined> {
  return (await cardById(db, workspaceId, rockId)).map(readCard)[0];
}

function readCard({ card: { owner, backups, links, now, ...card } }: { card: CardJson }): RockCard {
  return {
    ...card,
    now: Temporal.Instant.from(now),
    backups: backups ?? [],
    links: links ?? [],
    owner: owner && {
      ...owner,
      since: Temporal.Instant.from(owner.since),
      confirmedAt: owner.confirmedAt === null ? null : Temporal.Instant.from(owner.confirmedAt),
    },
  };
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

/** As people look names up: without accents and capitals, so that “À la carte” stands among the A. */
const nameOrder = sql`(select n.normal from rock_names n where n.rock_id = r.id and n.kind = 'name' and n.position = 0)`;

/** Lines of a list by name, the first `limit`, and how many there are in all. */
export async function listRocks(
  db: Database,
  workspaceId: string,
  filter: RockFilter,
  limit: number,
): Promise<{ rocks: RockLine[]; total: number }> {
  const { rows } = await sql<RockLine & { total: number }>`
    select r.id, r.name, t.name as team, count(*) over () as total,
      case when p.id is not null then json_build_object(${sql.raw(personRef)}) end as owner
    from rocks r
    join workspaces w on w.id = r.workspace_id
    left join teams t on t.id = r.team_id
    left join stints s on s.rock_id = r.id and s.ended_at is null
    left join people p on p.id = s.person_id
    where r.workspace_id = ${workspaceId} and ${condition(workspaceId, filter)}
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
  if ('unowned' in filter) return sql`s.id is null`;
  if ('stale' in filter) {
    return sql`coalesce(s.confirmed_at, s.began_at) < company_now(w) - make_interval(days => ${staleAfterDays})`;
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
    select id, ${query}, ${normal}, company_now(workspaces) from workspaces where id = ${workspaceId}`.execute(
    tx,
  );
}
