import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Cadence } from './core/cadence.ts';
import type { Slot } from './core/calendar.ts';
import type { Taken } from './core/upcoming.ts';
import { tzVersion } from './tz-version.ts';

const named = (alias: string) =>
  sql.raw(`case when ${alias}.id is not null then
    json_build_object('id', ${alias}.id, 'slackId', ${alias}.slack_id, 'name', ${alias}.name) end`);

const columns = sql`
  c.id, c.workspace_id as "workspaceId", c.key, c.ritual, c.schedule, c.timezone, c.period, c.starts_on as "startsOn",
  c.on_holiday as "onHoliday", c.cycle, cycles.ends_on as "cycleEndsOn", c.nudge_after as "nudgeAfter",
  c.close_after as "closeAfter", c.state, c.next_due_at as "nextDueAt", c.pause_reason as "pauseReason",
  c.paused_at as "pausedAt", ${named('creator')} as "createdBy",
  json_build_object('id', h.id, 'slackId', h.slack_id, 'name', h.name, 'isPrivate', h.is_private,
    'hasCairn', h.has_cairn, 'isArchived', h.archived_at is not null) as channel,
  coalesce((
    select json_agg(json_build_object('id', t.id, 'name', t.name, 'isChosen', chosen.team_id is not null,
      'lead', ${named('lead')}) order by t.name, t.id)
    from teams t
    left join cadence_teams chosen on chosen.cadence_id = c.id and chosen.team_id = t.id
    left join people lead on lead.id = t.lead_id
    where t.workspace_id = c.workspace_id and (chosen.team_id is not null or t.channel_id = c.channel_id
      and not exists (select 1 from cadence_teams any_team where any_team.cadence_id = c.id))
  ), '[]') as teams`;

const tables = sql`
  cadences c
  join channels h on h.id = c.channel_id
  left join people creator on creator.id = c.created_by
  left join cycles on cycles.workspace_id = c.workspace_id and cycles.key = c.cycle`;

/** The cadences that come next, in order; paused and ended ones after them. With how many there are in all. */
export async function listCadenceRows(
  db: Database,
  workspaceId: string,
  limit: number,
): Promise<{ cadences: Cadence[]; total: number }> {
  const { rows } = await sql<Cadence & { total: number }>`
    select ${columns}, count(*) over () as total from ${tables}
    where c.workspace_id = ${workspaceId}
    order by c.state <> 'active', c.next_due_at nulls last, c.key
    limit ${limit}`.execute(db);
  return { cadences: rows, total: rows[0]?.total ?? 0 };
}

/** Cadences that people or Cairn have paused, by key. */
export async function listPausedRows(db: Database, workspaceId: string, limit: number): Promise<Cadence[]> {
  const { rows } = await sql<Cadence>`
    select ${columns} from ${tables}
    where c.workspace_id = ${workspaceId} and c.state = 'paused'
    order by c.key limit ${limit}`.execute(db);
  return rows;
}

export async function findCadenceById(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<Cadence | undefined> {
  const { rows } = await sql<Cadence>`
    select ${columns} from ${tables} where c.workspace_id = ${workspaceId} and c.id = ${id}`.execute(db);
  return rows[0];
}

/** The same, held until the transaction ends, so that what is decided on it stays true. */
export async function lockCadence(tx: Tx, workspaceId: string, id: number): Promise<Cadence | undefined> {
  await sql`select from cadences where workspace_id = ${workspaceId} and id = ${id} for update`.execute(tx);
  return await findCadenceById(tx, workspaceId, id);
}

/** Lets nobody plan a cadence, or change what it asks, until the transaction is over. */
export async function holdCadence(tx: Tx, workspaceId: string, id: number): Promise<void> {
  await sql`select from cadences where workspace_id = ${workspaceId} and id = ${id} for no key update`.execute(
    tx,
  );
}

export async function listKeys(db: Database, workspaceId: string): Promise<{ id: number; key: string }[]> {
  return await db
    .selectFrom('cadences')
    .select(['id', 'key'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('key')
    .execute();
}

/** The cadences of a ritual that have not ended, by key, with their channels. */
export async function listOfRitual(
  db: Database,
  workspaceId: string,
  ritual: string,
): Promise<{ key: string; channel: string; isPrivate: boolean }[]> {
  return await db
    .selectFrom('cadences as c')
    .innerJoin('channels as h', 'h.id', 'c.channel_id')
    .select(['c.key', 'h.name as channel', 'h.is_private as isPrivate'])
    .where('c.workspace_id', '=', workspaceId)
    .where('c.ritual', '=', ritual)
    .where('c.state', '<>', 'ended')
    .orderBy('c.key')
    .execute();
}

/** Another cadence of the same ritual in the same channel that has not ended. */
export async function findTwin(
  db: Database,
  workspaceId: string,
  of: { ritual: string; channelId: number; exceptId: number | null },
): Promise<Cadence | undefined> {
  const { rows } = await sql<Cadence>`
    select ${columns} from ${tables}
    where c.workspace_id = ${workspaceId} and c.ritual = ${of.ritual} and c.channel_id = ${of.channelId}
      and c.state <> 'ended' and c.id is distinct from ${of.exceptId}
    order by c.id limit 1`.execute(db);
  return rows[0];
}

/**
 * What these cadences have in periods of their rules that are not over, by cadence: a quarter's time is taken by a day
 * of it that was held. A day's room, since each has a zone of its own.
 */
export async function findTaken(
  db: Database,
  cadenceIds: readonly number[],
  now: Temporal.Instant,
): Promise<Map<number, Taken[]>> {
  const since = now.toZonedDateTimeISO('UTC').toPlainDateTime().subtract({ days: 1 });
  const { rows } = await sql<{
    cadenceId: number;
    lower: string;
    upper: string;
    state: Taken['state'];
    reason: string | null;
  }>`
    select o.cadence_id as "cadenceId", to_char(lower(covers), 'YYYY-MM-DD"T"HH24:MI:SS') as lower,
      to_char(upper(covers), 'YYYY-MM-DD"T"HH24:MI:SS') as upper, o.state, o.reason
    from occurrences o join cadences c on c.id = o.cadence_id
    where o.cadence_id = any(${cadenceIds}::bigint[]) and upper(covers) > case
      when c.period in ('week', 'month', 'quarter') then date_trunc(c.period, ${since.toString()}::timestamp)
      else ${since.toString()}::timestamp end
    order by lower(covers)`.execute(db);
  const taken = new Map<number, Taken[]>();
  for (const { cadenceId, lower, upper, state, reason } of rows) {
    const covers = { from: Temporal.PlainDateTime.from(lower), to: Temporal.PlainDateTime.from(upper) };
    taken.set(cadenceId, [...(taken.get(cadenceId) ?? []), { covers, state, reason }]);
  }
  return taken;
}

/** Those parts of a span of local time that no occurrence of a cadence covers, in order. */
export async function findUncovered(
  tx: Tx,
  cadenceId: number,
  covers: Slot['covers'],
): Promise<Slot['covers'][]> {
  const span = sql`tsrange(${covers.from.toString()}::timestamp, ${covers.to.toString()}::timestamp)`;
  const { rows } = await sql<{ lower: string; upper: string }>`
    select to_char(lower(part), 'YYYY-MM-DD"T"HH24:MI:SS') as lower,
      to_char(upper(part), 'YYYY-MM-DD"T"HH24:MI:SS') as upper
    from unnest(tsmultirange(${span}) - coalesce((
      select range_agg(covers) from occurrences where cadence_id = ${cadenceId} and covers && ${span}),
      '{}'::tsmultirange)) part
    order by lower(part)`.execute(tx);
  return rows.map(({ lower, upper }) => ({
    from: Temporal.PlainDateTime.from(lower),
    to: Temporal.PlainDateTime.from(upper),
  }));
}

/** Records that nothing is held in a span of local time; its period has one then, so that nothing is planned there. */
export async function insertSkipped(
  tx: Tx,
  occurrence: {
    workspaceId: string;
    cadenceId: number;
    name: string;
    covers: Slot['covers'];
    dueAt: Temporal.Instant;
    reason: string;
    plannedAt: Temporal.Instant;
    byPersonId: number;
  },
): Promise<void> {
  const { from, to } = occurrence.covers;
  await tx
    .insertInto('occurrences')
    .values({
      workspace_id: occurrence.workspaceId,
      cadence_id: occurrence.cadenceId,
      name: occurrence.name,
      covers: sql<string>`tsrange(${from.toString()}::timestamp, ${to.toString()}::timestamp)`,
      due_at: occurrence.dueAt.toString(),
      state: 'skipped',
      reason: occurrence.reason,
      tz_version: tzVersion,
      planned_at: occurrence.plannedAt.toString(),
      by_person_id: occurrence.byPersonId,
    })
    .execute();
}

/** A run by hand since `since`, if there was one: who, and when. */
export async function findRunByHand(
  db: Database,
  cadenceId: number,
  since: Temporal.Instant,
): Promise<{ by: string | null; dueAt: Temporal.Instant } | undefined> {
  return await db
    .selectFrom('occurrences as o')
    .leftJoin('people as p', 'p.id', 'o.by_person_id')
    .select(['p.name as by', 'o.due_at as dueAt'])
    .where('o.cadence_id', '=', cadenceId)
    .where('o.covers', 'is', null)
    .where('o.due_at', '>', sql<Temporal.Instant>`${since.toString()}::timestamptz`)
    .orderBy('o.due_at', 'desc')
    .executeTakeFirst();
}

/** What can change in a cadence by one of its operations. */
export type CadenceChange = {
  state?: Cadence['state'];
  pause_reason?: string | null;
  paused_at?: string | null;
  next_due_at?: string | null;
  tz_version?: string;
};

export async function saveCadence(tx: Tx, id: number, change: CadenceChange): Promise<void> {
  await tx.updateTable('cadences').set(change).where('id', '=', id).execute();
}
