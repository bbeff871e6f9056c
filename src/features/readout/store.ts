import { type RawBuilder, sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import { isItemForAll } from '../digest/seen-sql.ts';
import type { Coming, Item, Later, Shipped } from './core/readout.ts';

/** When the readout before was planned by its rule; a run by hand tells of the same month once more. */
export async function findLastReadout(
  db: Database,
  workspaceId: string,
  cadenceId: number,
  before: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant }>`
    select planned_at as at from occurrences
    where workspace_id = ${workspaceId} and cadence_id = ${cadenceId} and state in ('open', 'held')
      and covers is not null and planned_at is not null and due_at < ${before.toString()}::timestamptz
    order by due_at desc limit 1`.execute(db);
  return rows[0]?.at;
}

const item = sql`i.title, i.summary, t.name as team, p.name as owner`;
function fromItems(workspaceId: string): RawBuilder<unknown> {
  return sql`
    from roadmap_items i
    join workspaces w on w.id = i.workspace_id
    left join teams t on t.id = i.team_id
    left join people p on p.id = i.owner_id
    where i.workspace_id = ${workspaceId} and ${isItemForAll('i')}`;
}

/** What has shipped since, the latest first. */
export async function listShipped(
  db: Database,
  workspaceId: string,
  since: Temporal.Instant,
): Promise<Shipped[]> {
  const { rows } = await sql<Shipped>`
    select ${item}, (i.moved_at at time zone w.timezone)::date as "on", i.outcome ${fromItems(workspaceId)}
      and i.horizon = 'shipped' and i.moved_at >= ${since.toString()}::timestamptz
    order by i.moved_at desc, i.id desc`.execute(db);
  return rows;
}

/** What is worked on now, the soonest first. */
export async function listComing(db: Database, workspaceId: string): Promise<Coming[]> {
  const { rows } = await sql<Coming>`
    select ${item}, i.due_on as "dueOn" ${fromItems(workspaceId)} and i.horizon = 'now'
    order by i.due_on nulls last, i.position, i.id`.execute(db);
  return rows;
}

/** What comes later than was said: dates that moved, and items that had a date and have gone back or were stopped. */
export async function listLater(
  db: Database,
  workspaceId: string,
  since: Temporal.Instant,
): Promise<Later[]> {
  const from = sql`${since.toString()}::timestamptz`;
  const slipped = await sql<Item & { from: Temporal.PlainDate; on: Temporal.PlainDate }>`
    select * from (select i.id, ${item}, i.due_on as "on", (select x.from_on from roadmap_slips x
        where x.item_id = i.id and x.at >= ${from} order by x.at, x.id limit 1) as "from"
      ${fromItems(workspaceId)} and i.horizon = 'now') slipped
    where "on" > "from" order by "on", id`.execute(db);
  const back = await sql<Item & { from: Temporal.PlainDate; horizon: 'next' | 'later' | 'stopped' }>`
    select ${item}, coalesce(i.due_on, i.first_due_on) as "from", i.horizon ${fromItems(workspaceId)}
      and i.horizon in ('next', 'later', 'stopped') and i.first_due_on is not null and i.moved_at >= ${from}
    order by i.first_due_on, i.id`.execute(db);
  return [
    ...slipped.rows.map(({ on, ...row }) => ({ ...row, to: { on } })),
    ...back.rows.map(({ horizon, ...row }) => ({ ...row, to: { horizon } })),
  ];
}

/** What is new in next, as it is ordered there; what has gone back to it is told of elsewhere. */
export async function listFresh(db: Database, workspaceId: string, since: Temporal.Instant): Promise<Item[]> {
  const { rows } = await sql<Item>`
    select ${item} ${fromItems(workspaceId)} and i.horizon = 'next' and i.first_due_on is null
      and i.moved_at >= ${since.toString()}::timestamptz
    order by i.position, i.id`.execute(db);
  return rows;
}
