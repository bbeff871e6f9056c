import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { Horizon, Item, Slip } from './core/item.ts';

/** An item without the line that it serves through its objective. */
export type ReadItem = Omit<Item, 'supports'> & {
  supports: { kind: 'objective' | 'line'; id: number; key: string; titles: string[] } | null;
};

/** Which items: all, or those in some horizons, with some ids, of a rock. */
export type Wanted = { horizons?: readonly Horizon[]; ids?: readonly number[]; rockId?: number };

const person = (of: string): RawBuilder<unknown> =>
  sql`case when ${sql.ref(`${of}.id`)} is not null then json_build_object('id', ${sql.ref(`${of}.id`)},
    'slackId', ${sql.ref(`${of}.slack_id`)}, 'name', ${sql.ref(`${of}.name`)}) end`;

/**
 * Items as `viewerId` sees them: rocks and objectives that they may not see are not named; null: what everybody sees. One
 * statement, in the order in which they were added.
 */
export async function selectShown(
  db: Database,
  workspaceId: string,
  viewerId: number | null,
  { horizons, ids, rockId }: Wanted,
): Promise<ReadItem[]> {
  const { rows } = await sql<ReadItem>`
    select i.id, i.key, i.title, i.summary, i.horizon, i.position, i.impact, i.effort, i.alignment,
      i.due_on as "dueOn", i.first_due_on as "firstDueOn", i.slips, i.moved_at as "movedAt",
      i.why_stopped as "whyStopped", i.outcome, i.outcome_words as "outcomeWords", ${person('p')} as owner,
      case when t.id is not null then json_build_object('id', t.id, 'key', t.key, 'name', t.name) end as team,
      case when r.id is not null then json_build_object('id', r.id, 'key', r.key, 'name', r.name,
        'owner', (select ${person('c')} from stints s join people c on c.id = s.person_id
          where s.rock_id = r.id and s.ended_at is null)) end as rock,
      case when o.id is not null then json_build_object('kind', 'objective', 'id', o.id, 'key', o.key,
          'titles', json_build_array(o.title))
        when l.id is not null then json_build_object('kind', 'line', 'id', l.id, 'key', l.key,
          'titles', array_remove(array[n.title, l.title], null)) end as supports,
      coalesce((select json_agg(json_build_object('id', x.id, 'key', x.key, 'name', x.name) order by x.name, x.id)
        from roadmap_needs d join teams x on x.id = d.team_id where d.item_id = i.id), '[]') as needs
    from roadmap_items i
    left join people p on p.id = i.owner_id
    left join teams t on t.id = i.team_id
    left join rocks r on r.id = i.rock_id and (r.visibility = 'workspace' or sees(r, ${viewerId}::bigint))
    left join objectives o on o.id = i.objective_id and sees_objective(o, ${viewerId}::bigint)
    left join strategy_in_force l on l.id = i.line_id
    left join strategy_in_force n on n.id = l.parent_id
    where i.workspace_id = ${workspaceId}
      and (${horizons ?? null}::text[] is null or i.horizon = any(${horizons ?? null}::text[]))
      and (${ids ?? null}::bigint[] is null or i.id = any(${ids ?? null}::bigint[]))
      and (${rockId ?? null}::bigint is null or i.rock_id = ${rockId ?? null}::bigint)
    order by i.position, i.id`.execute(db);
  return rows;
}

/** Items by their key, or else by their title; several where they are called the same. */
export async function findCalled(
  db: Database,
  workspaceId: string,
  text: string,
): Promise<{ id: number; key: string; title: string }[]> {
  const rows = await db
    .selectFrom('roadmap_items')
    .select(['id', 'key', 'title', sql<boolean>`key = lower(${text})`.as('isKey')])
    .where('workspace_id', '=', workspaceId)
    .where((eb) =>
      eb.or([eb('key', '=', text.toLowerCase()), eb(eb.fn('lower', ['title']), '=', text.toLowerCase())]),
    )
    .orderBy('id')
    .execute();
  const keyed = rows.filter(({ isKey }) => isKey);
  return (keyed.length > 0 ? keyed : rows).map(({ id, key, title }) => ({ id, key, title }));
}

const mostNear = 5;
/** Below this a name is not worth offering. */
const leastLikeness = 0.3;

/** Items whose key or title is like a text, the likest first. */
export async function listNear(
  db: Database,
  workspaceId: string,
  text: string,
): Promise<{ id: number; title: string }[]> {
  const typed = text.toLowerCase();
  const { rows } = await sql<{ id: number; title: string }>`
    select id, title from (
      select id, title, greatest(similarity(key, ${typed}), similarity(lower(title), ${typed})) as likeness
      from roadmap_items where workspace_id = ${workspaceId}) as named
    where likeness >= ${leastLikeness} order by likeness desc, id limit ${mostNear}`.execute(db);
  return rows;
}

/** A team by its key or name. */
export async function findTeam(
  db: Database,
  workspaceId: string,
  text: string,
): Promise<{ id: number; name: string } | undefined> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from teams where workspace_id = ${workspaceId}
      and (lower(key) = lower(${text}) or lower(name) = lower(${text}))
    order by lower(key) = lower(${text}) desc, id limit 1`.execute(db);
  return rows[0];
}

/** What items can be filtered by: a line in force or an objective that the viewer sees, by its key or else its title. */
export async function findSupported(
  db: Database,
  workspaceId: string,
  viewerId: number,
  text: string,
): Promise<{ kind: 'line' | 'objective'; id: number; title: string } | undefined> {
  const { rows } = await sql<{ kind: 'line' | 'objective'; id: number; title: string }>`
    select kind, id, title from (
      select 'line' as kind, l.id, l.key, l.title from strategy_in_force l where l.workspace_id = ${workspaceId}
      union all
      select 'objective', o.id, o.key, o.title from objectives o
      where o.workspace_id = ${workspaceId} and sees_objective(o, ${viewerId})) as named
    where key = lower(${text}) or lower(title) = lower(${text})
    order by key = lower(${text}) desc, kind, id desc limit 1`.execute(db);
  return rows[0];
}

/** A line with the initiatives below it. */
export async function listLinesBelow(db: Database, workspaceId: string, lineId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('strategy_in_force')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where((eb) => eb.or([eb('id', '=', lineId), eb('parent_id', '=', lineId)]))
    .execute();
  return rows.map(({ id }) => id);
}

/** Every slip of these items, the earliest first; from an instant on, where one is given. */
export async function listSlips(
  db: Database,
  workspaceId: string,
  { itemIds, since }: { itemIds: readonly number[] | null; since: Temporal.Instant | null },
): Promise<(Slip & { itemId: number })[]> {
  const { rows } = await sql<Slip & { itemId: number }>`
    select s.item_id as "itemId", s.at, s.from_on as "from", s.to_on as "to", s.why, ${person('p')} as by
    from roadmap_slips s left join people p on p.id = s.by_id
    where s.workspace_id = ${workspaceId}
      and (${itemIds}::bigint[] is null or s.item_id = any(${itemIds}::bigint[]))
      and (${since?.toString() ?? null}::timestamptz is null or s.at >= ${since?.toString() ?? null}::timestamptz)
    order by s.at, s.id`.execute(db);
  return rows;
}

/**
 * What happened to items since an instant, by their events: which are new, and in which horizon each stood before the first
 * change of it.
 */
export async function listChangedItems(
  db: Database,
  workspaceId: string,
  since: Temporal.Instant,
): Promise<{ id: number; isAdded: boolean; stoodIn: Horizon | null }[]> {
  const { rows } = await sql<{ id: number; isAdded: boolean; stoodIn: Horizon | null }>`
    select e.subject_id as id, bool_or(e.type = 'roadmap-item.created') as "isAdded",
      (array_agg(e.before ->> 'horizon' order by e.id) filter (where e.before ? 'horizon' and e.after ? 'horizon'))[1]
        as "stoodIn"
    from events e
    where e.workspace_id = ${workspaceId} and e.subject_kind = 'roadmap-item' and e.at >= ${since.toString()}::timestamptz
    group by e.subject_id`.execute(db);
  return rows;
}
