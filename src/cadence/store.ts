import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Slot } from './core/calendar.ts';

export type DueCadence = {
  id: number;
  workspaceId: string;
  key: string;
  ritual: string;
  channelId: number;
  schedule: string;
  timezone: string;
  period: 'slot' | 'day' | 'week' | 'month' | 'quarter';
  cycle: string;
  catchUp: string;
  nextDueAt: Temporal.Instant;
  now: Temporal.Instant;
};

/** Locks one cadence that is due, that no other replica works on and that is none of `except`. */
export async function lockDueCadence(
  tx: Tx,
  workspaceId: string,
  except: number[],
): Promise<DueCadence | undefined> {
  const { rows } = await sql<DueCadence>`
    select c.id, c.workspace_id as "workspaceId", c.key, c.ritual, c.channel_id as "channelId", c.schedule,
      c.timezone, c.period, c.cycle, c.catch_up as "catchUp", c.next_due_at as "nextDueAt",
      company_now(w) as now
    from cadences c join workspaces w on w.id = c.workspace_id
    where c.workspace_id = ${workspaceId} and c.state = 'active' and c.next_due_at <= company_now(w)
      and c.id <> all(${except}::bigint[])
    order by c.next_due_at, c.id
    limit 1
    for update of c skip locked`.execute(tx);
  return rows[0];
}

/** Writes an occurrence; undefined when its period has one already, whatever made it. */
export async function insertOccurrence(
  tx: Tx,
  occurrence: {
    workspaceId: string;
    cadenceId: number;
    name: string;
    covers: Slot['covers'];
    dueAt: Temporal.Instant;
    state: 'open' | 'missed';
    reason: string | null;
  },
): Promise<number | undefined> {
  const { from, to } = occurrence.covers;
  const row = await tx
    .insertInto('occurrences')
    .values({
      workspace_id: occurrence.workspaceId,
      cadence_id: occurrence.cadenceId,
      name: occurrence.name,
      covers: sql<string>`tsrange(${from.toString()}::timestamp, ${to.toString()}::timestamp)`,
      due_at: occurrence.dueAt.toString(),
      state: occurrence.state,
      reason: occurrence.reason,
      tz_version: process.versions['tz'] ?? 'unknown',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Until when occurrences cover the beginning of a span, in local time; null when none lies in it. */
export async function findCoveredUntil(
  tx: Tx,
  cadenceId: number,
  { from, to }: Slot['covers'],
): Promise<Temporal.PlainDateTime | null> {
  const { rows } = await sql<{ until: string | null }>`
    select max(upper(covers))::text as until from occurrences
    where cadence_id = ${cadenceId}
      and covers && tsrange(${from.toString()}::timestamp, ${to.toString()}::timestamp)`.execute(tx);
  const until = rows[0]?.until ?? null;
  return until === null ? null : Temporal.PlainDateTime.from(until);
}

/** Its ritual had nothing to hold. */
export async function markSkipped(tx: Tx, occurrenceId: number, reason: string): Promise<void> {
  await tx
    .updateTable('occurrences')
    .set({ state: 'skipped', reason })
    .where('id', '=', occurrenceId)
    .execute();
}

/** A new occurrence ends those before it: they were held, however many answered. Gives their ids. */
export async function closeEarlier(tx: Tx, cadenceId: number, exceptId: number): Promise<number[]> {
  const closed = await tx
    .updateTable('occurrences')
    .set({ state: 'held' })
    .where('cadence_id', '=', cadenceId)
    .where('state', '=', 'open')
    .where('id', '<>', exceptId)
    .returning('id')
    .execute();
  return closed.map(({ id }) => id);
}

/** When the cadence is due again; null: never. */
export async function saveNextDue(
  tx: Tx,
  cadenceId: number,
  nextDueAt: Temporal.Instant | null,
): Promise<void> {
  await tx
    .updateTable('cadences')
    .set({ next_due_at: nextDueAt?.toString() ?? null })
    .where('id', '=', cadenceId)
    .execute();
}

/** The cadence that comes next after `after`, its channel and when it comes; undefined when none does. */
export async function findNextCadence(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ ritual: string; channel: string; dueAt: Temporal.Instant } | undefined> {
  return await db
    .selectFrom('cadences as c')
    .innerJoin('channels as h', 'h.id', 'c.channel_id')
    .select(['c.ritual', 'h.name as channel', 'c.next_due_at as dueAt'])
    .where('c.workspace_id', '=', workspaceId)
    .where('c.state', '=', 'active')
    .where('c.next_due_at', '>', sql<Temporal.Instant>`${after.toString()}::timestamptz`)
    .orderBy('c.next_due_at')
    .$narrowType<{ dueAt: Temporal.Instant }>()
    .executeTakeFirst();
}
