import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import type { OnHoliday } from '../platform/db/tables.ts';
import type { Choice } from './batches.ts';
import { tzVersion } from './tz-version.ts';

/** A cadence as the planner needs it. */
export type PlannedCadence = {
  id: number;
  workspaceId: string;
  /** Its key. */
  cadence: string;
  ritual: string;
  channelId: number;
  schedule: string;
  timezone: string;
  startsOn: Temporal.PlainDate | null;
  onHoliday: OnHoliday;
  cycle: string;
  /** The last day of the cycle that it names; null: of none, or of whichever is current. */
  endsOn: Temporal.PlainDate | null;
  nudgeAfter: string | null;
  closeAfter: string | null;
  catchUp: string;
  nextDueAt: Temporal.Instant;
  /** The tz database that it was reckoned with; empty: nobody wrote it down. */
  reckonedWith: string;
  now: Temporal.Instant;
};

const plannedColumns = sql`
  c.id, c.workspace_id as "workspaceId", c.key as cadence, c.ritual, c.channel_id as "channelId", c.schedule,
  c.timezone, c.starts_on as "startsOn", c.on_holiday as "onHoliday", c.cycle, y.ends_on as "endsOn",
  c.nudge_after as "nudgeAfter", c.close_after as "closeAfter", c.catch_up as "catchUp",
  c.next_due_at as "nextDueAt", coalesce(c.tz_version, '') as "reckonedWith", company_now(w) as now`;
const plannedFrom = sql`
  cadences c
  join workspaces w on w.id = c.workspace_id
  left join cycles y on y.workspace_id = c.workspace_id and y.key = c.cycle`;

/** What time it is, asked once and not of every row, so that an index leads to what is due. */
export const nowOf = (workspaceId: string) =>
  sql<Temporal.Instant>`(select company_now(workspaces) from workspaces where id = ${workspaceId})`;

/** Locks cadences that are due and that no other replica works on. */
export async function lockDue(
  tx: Tx,
  workspaceId: string,
  { limit, after, id }: Choice<PlannedCadence>,
): Promise<PlannedCadence[]> {
  const { rows } = await sql<PlannedCadence>`
    select ${plannedColumns} from ${plannedFrom}
    where c.workspace_id = ${workspaceId} and c.state = 'active'
      and c.next_due_at <= ${nowOf(workspaceId)}
      and (c.next_due_at, c.id) > (${after?.nextDueAt.toString() ?? '-infinity'}::timestamptz, ${after?.id ?? 0}::bigint)
      and (${id ?? null}::bigint is null or c.id = ${id ?? null}::bigint)
    order by c.next_due_at, c.id
    limit ${limit}
    for no key update of c skip locked`.execute(tx);
  return rows;
}

/** Locks cadences whose next time was reckoned with an older tz database than this process has. */
export async function lockReckonedBefore(
  tx: Tx,
  workspaceId: string,
  { limit, after, id }: Choice<PlannedCadence>,
): Promise<PlannedCadence[]> {
  const { rows } = await sql<PlannedCadence>`
    select ${plannedColumns} from ${plannedFrom}
    where c.workspace_id = ${workspaceId} and c.state = 'active' and c.next_due_at is not null
      and coalesce(c.tz_version, '') collate "C" < ${tzVersion}
      and (coalesce(c.tz_version, '') collate "C", c.id) > (${after?.reckonedWith ?? ''}, ${after?.id ?? 0}::bigint)
      and (${id ?? null}::bigint is null or c.id = ${id ?? null}::bigint)
    order by coalesce(c.tz_version, '') collate "C", c.id
    limit ${limit}
    for no key update of c skip locked`.execute(tx);
  return rows;
}

/** Locks one cadence, waiting for whoever works on it. Undefined when there is none of that id. */
export async function lockCadence(
  tx: Tx,
  workspaceId: string,
  id: number,
): Promise<Omit<PlannedCadence, 'nextDueAt'> | undefined> {
  const { rows } = await sql<PlannedCadence>`
    select ${plannedColumns} from ${plannedFrom}
    where c.workspace_id = ${workspaceId} and c.id = ${id}
    for no key update of c`.execute(tx);
  return rows[0];
}

/** When cadences are due again, as this process reckons it; null: never. */
export async function saveNextDue(
  tx: Tx,
  cadences: readonly { id: number; nextDueAt: Temporal.Instant | null; isOver: boolean }[],
): Promise<void> {
  if (cadences.length === 0) return;
  const ids = cadences.map(({ id }) => id);
  const dueAts = cadences.map(({ nextDueAt }) => nextDueAt?.toString() ?? null);
  const areOver = cadences.map(({ isOver }) => isOver);
  await sql`
    update cadences c set next_due_at = g.due, tz_version = ${tzVersion},
      state = case when g.over then 'ended' else c.state end
    from unnest(${ids}::bigint[], ${dueAts}::timestamptz[], ${areOver}::boolean[]) as g (id, due, over)
    where c.id = g.id`.execute(tx);
}

/** The moment that comes next after `after` at which a cadence comes or one of its occurrences ends, if any does. */
export async function findNextMoment(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ ritual: string; channel: string; at: Temporal.Instant; isEnd: boolean } | undefined> {
  const since = after.toString();
  const { rows } = await sql<{ ritual: string; channel: string; at: Temporal.Instant; isEnd: boolean }>`
    select c.ritual, h.name as channel, soonest.at, soonest."isEnd"
    from (
      (select id as cadence_id, next_due_at as at, false as "isEnd" from cadences
        where workspace_id = ${workspaceId} and state = 'active' and next_due_at > ${since}::timestamptz
        order by next_due_at limit 1)
      union all
      (select cadence_id, close_at, true from occurrences
        where workspace_id = ${workspaceId} and state = 'open' and close_at > ${since}::timestamptz
        order by close_at limit 1)
    ) soonest
    join cadences c on c.id = soonest.cadence_id
    join channels h on h.id = c.channel_id
    order by soonest.at, soonest."isEnd" limit 1`.execute(db);
  return rows[0];
}
