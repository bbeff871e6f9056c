import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Calendar, DuePart } from './core/days.ts';

/**
 * Parts whose time has come, locked, so many at most; those that another process has in hand are left out. In a quiet
 * workspace parts for who may not be told wait, so that they come in one message in the end.
 */
export async function lockDue(
  tx: Tx,
  workspaceId: string,
  now: Temporal.Instant,
  most: number,
): Promise<DuePart[]> {
  const { rows } = await sql<DuePart>`
    select id, person_id as "personId", at, expires_at as "expiresAt", is_nudge as "isNudge" from daily_parts p
    where workspace_id = ${workspaceId} and state = 'waiting' and at <= ${now.toString()}::timestamptz
      and (not (select quiet_since is not null from workspaces where id = ${workspaceId})
        or may_be_told(p.workspace_id, p.person_id, null) or p.expires_at <= ${now.toString()}::timestamptz)
    order by at, id limit ${most} for update skip locked`.execute(tx);
  return rows;
}

/** What stands in messages that nobody has read yet, and may have to leave them: reminders, and what has run out. */
export async function listToRecheck(
  tx: Tx,
  workspaceId: string,
  now: Temporal.Instant,
  most: number,
): Promise<(DuePart & { key: string })[]> {
  const { rows } = await sql<DuePart & { key: string }>`
    select p.id, p.key, p.person_id as "personId", p.at, p.expires_at as "expiresAt", p.is_nudge as "isNudge"
    from deliveries d
    join daily_messages m on m.message_id = d.message_id
    join daily_parts p on p.daily_message_id = m.id
    where d.workspace_id = ${workspaceId} and d.state = 'pending'
      and (p.is_nudge or p.expires_at <= ${now.toString()}::timestamptz)
    order by p.id limit ${most}`.execute(tx);
  return rows;
}

/** When these people work, and when they are away. */
export async function readCalendars(
  tx: Tx,
  workspaceId: string,
  personIds: readonly number[],
): Promise<Map<number, Calendar>> {
  const { rows } = await sql<Omit<Calendar, 'absences'> & { id: number }>`
    select p.id, coalesce(p.timezone, w.timezone) as zone, p.working_days as "workingDays"
    from people p join workspaces w on w.id = p.workspace_id
    where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::bigint[])`.execute(tx);
  const absences = await tx
    .selectFrom('absences')
    .select(['person_id as personId', 'starts_on as startsOn', 'ends_on as endsOn'])
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`person_id = any(${personIds}::bigint[])`)
    .execute();
  const own = Map.groupBy(absences, ({ personId }) => personId);
  return new Map(rows.map(({ id, ...row }) => [id, { ...row, absences: own.get(id) ?? [] }]));
}

/** Puts parts off, each to a time of its own. */
export async function moveParts(
  tx: Tx,
  moves: readonly { id: number; to: Temporal.Instant }[],
): Promise<void> {
  if (moves.length === 0) return;
  await sql`
    update daily_parts p set at = g."to"
    from json_to_recordset(${JSON.stringify(moves)}::json) as g (id bigint, "to" timestamptz)
    where p.id = g.id`.execute(tx);
}

/**
 * Puts parts into the message of the day of whom they are for, which is made where there is none yet. Gives these
 * messages, with whom they are for.
 */
export async function sayOnDay(
  tx: Tx,
  workspaceId: string,
  parts: readonly { id: number; personId: number; day: Temporal.PlainDate }[],
): Promise<{ id: number; personId: number }[]> {
  const given = JSON.stringify(parts.map(({ id, personId, day }) => ({ id, person: personId, day })));
  // One that is there is locked by the update, so that nobody takes it away meanwhile.
  await sql`
    insert into daily_messages (workspace_id, person_id, day)
    select distinct ${workspaceId}, person, day
    from json_to_recordset(${given}::json) as g (person bigint, day date) order by person, day
    on conflict (person_id, day) do update set day = excluded.day`.execute(tx);
  const { rows } = await sql<{ id: number; personId: number }>`
    update daily_parts p set state = 'said', daily_message_id = m.id, said_at = company_now(w)
    from json_to_recordset(${given}::json) as g (id bigint, person bigint, day date)
    join daily_messages m on m.person_id = g.person and m.day = g.day
    join workspaces w on w.id = m.workspace_id
    where p.id = g.id
    returning m.id, m.person_id as "personId"`.execute(tx);
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/** Keeps which messages were written for days. */
export async function saveMessageIds(
  tx: Tx,
  written: readonly { id: number; messageId: number }[],
): Promise<void> {
  if (written.length === 0) return;
  await sql`
    update daily_messages m set message_id = g."messageId"
    from json_to_recordset(${JSON.stringify(written)}::json) as g (id bigint, "messageId" bigint)
    where m.id = g.id`.execute(tx);
}

/** The soonest time after `after` at which a part comes due. */
export async function findNextPart(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ at: Temporal.Instant; name: string } | undefined> {
  return await db
    .selectFrom('daily_parts as p')
    .innerJoin('people as who', 'who.id', 'p.person_id')
    .select(['p.at', 'who.name'])
    .where('p.workspace_id', '=', workspaceId)
    .where('p.state', '=', 'waiting')
    .where('p.at', '>', sql<Temporal.Instant>`${after.toString()}::timestamptz`)
    .orderBy('p.at')
    .limit(1)
    .executeTakeFirst();
}
