import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../platform/db/database.ts';
import type { Candidate, Ended } from './core/claiming.ts';
import type { Nudged } from './core/nudges.ts';
import { orphanReason } from './message-store.ts';

type Row = Omit<Candidate, 'ended'> & { isOrphan: boolean; isLate: boolean; withdrawn: string | null };

const columns = sql`
  d.id, d.lane, d.is_nudge as "isNudge", d.withdrawn, d.due_at, d.message_id,
  coalesce(parent.state in ('dead', 'expired', 'cancelled'), false) as "isOrphan",
  coalesce(d.expires_at <= (select company from moment), false) as "isLate"`;

/** Due, and no reply to a message of which nobody knows yet where it stands. */
const ready = sql`
  d.state = 'pending' and d.due_at <= (select company from moment)
  and (m.thread_of is null or parent.state not in ('pending', 'sending', 'unknown'))`;

const joins = sql`
  join messages m on m.id = d.message_id
  left join deliveries parent on parent.message_id = m.thread_of`;

const isFree = sql`
  not exists (select from lanes l
    where l.workspace_id = d.workspace_id and l.lane = d.lane and l.free_at > machine_now())`;

/**
 * What may be next in the lanes that are free: the first of each lane in which an answer waits, and then whatever is
 * due, up to `most` of each, in the order in which they shall go out. A lane that is busy is passed by without
 * looking at what waits in it.
 */
export async function scanDue(tx: Tx, workspaceId: string, most: number): Promise<Candidate[]> {
  const { rows } = await sql<Row>`
    with moment as materialized (
      select company_now(w) as company from workspaces w where w.id = ${workspaceId}
    ), answering as materialized (
      select distinct lane from (
        select d.lane from deliveries d
        where d.workspace_id = ${workspaceId} and d.state = 'pending' and d.is_answer
          and d.due_at <= (select company from moment) and ${isFree}
        order by d.due_at limit ${most}) oldest
    ), first as (
      select head.* from answering a cross join lateral (
        select ${columns} from deliveries d ${joins}
        where d.workspace_id = ${workspaceId} and d.lane = a.lane and ${ready}
        order by d.due_at, d.message_id limit 1) head
    ), planned as (
      select ${columns} from deliveries d ${joins}
      where d.workspace_id = ${workspaceId} and ${ready} and ${isFree}
      order by d.due_at, d.message_id limit ${most}
    )
    select id, lane, "isNudge", withdrawn, "isOrphan", "isLate", "beforeAnswer" from (
      select *, true as "beforeAnswer" from first union all select *, false from planned
    ) both_kinds order by "beforeAnswer" desc, due_at, message_id`.execute(tx);
  return rows.map(({ isOrphan, isLate, withdrawn, ...row }) => ({
    ...row,
    ended: endOf({ isOrphan, isLate, withdrawn }),
  }));
}

export const lateReason = 'its time was over before it could be sent';

function endOf({ isOrphan, isLate, withdrawn }: Omit<Row, keyof Candidate>): Ended | null {
  if (withdrawn !== null) return { state: 'cancelled', reason: withdrawn };
  if (isOrphan) return { state: 'dead', reason: orphanReason };
  return isLate ? { state: 'expired', reason: lateReason } : null;
}

/** Ends deliveries that still wait. */
export async function endWaiting(tx: Tx, ending: readonly { id: string; ended: Ended }[]): Promise<void> {
  if (ending.length === 0) return;
  const given = JSON.stringify(ending.map(({ id, ended }) => ({ id, ...ended })));
  await sql`
    update deliveries d set state = g.state, reason = g.reason, ended_at = machine_now()
    from jsonb_to_recordset(${given}::jsonb) as g (id uuid, state text, reason text)
    where d.id = g.id and d.state = 'pending'`.execute(tx);
}

/** A nudge and whom it goes to, as far as it decides when. */
export type Nudge = {
  id: string;
  dueAt: Temporal.Instant;
  expiresAt: Temporal.Instant | null;
  now: Temporal.Instant;
  person: Nudged;
};

type NudgeRow = Omit<Nudge, 'person'> & Pick<Nudged, 'zone' | 'workingDays' | 'lastNudgeAt'>;

/** Reads these nudges with the calendar of each person. One that goes to a channel is nobody's, and left out. */
export async function readNudges(tx: Tx, ids: readonly string[]): Promise<Nudge[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<NudgeRow & { personId: number }>`
    select d.id, d.due_at as "dueAt", d.expires_at as "expiresAt", company_now(w) as now, p.id as "personId",
      coalesce(p.timezone, w.timezone) as zone, p.working_days as "workingDays",
      (select max(other.tried_at) from deliveries other
        where other.workspace_id = d.workspace_id and other.lane = d.lane and other.is_nudge
          and other.state in ('sending', 'unknown', 'sent')) as "lastNudgeAt"
    from deliveries d
    join workspaces w on w.id = d.workspace_id
    join messages m on m.id = d.message_id
    join people p on p.id = m.to_person_id
    where d.id = any(${ids}::uuid[])`.execute(tx);
  const absences = await tx
    .selectFrom('absences')
    .select(['person_id', 'starts_on as startsOn', 'ends_on as endsOn'])
    .where(sql<boolean>`person_id = any(${rows.map((row) => row.personId)}::bigint[])`)
    .execute();
  return rows.map(({ personId, zone, workingDays, lastNudgeAt, ...nudge }) => ({
    ...nudge,
    person: {
      zone,
      workingDays,
      lastNudgeAt,
      absences: absences.filter((absence) => absence.person_id === personId),
    },
  }));
}

/** Puts nudges off to other moments of company time. */
export async function moveNudges(
  tx: Tx,
  moves: readonly { id: string; to: Temporal.Instant }[],
): Promise<void> {
  if (moves.length === 0) return;
  await sql`
    update deliveries d set due_at = g.due_at
    from unnest(${moves.map(({ id }) => id)}::uuid[], ${moves.map(({ to }) => to.toString())}::timestamptz[])
      as g (id, due_at)
    where d.id = g.id and d.state = 'pending'`.execute(tx);
}

/**
 * Milliseconds until something more can go out, as far as it can be foreseen: a lane becomes free in which something
 * waits, or something comes due while the company's clock runs. Null: nothing is in sight.
 */
export async function foreseeNext(tx: Tx, workspaceId: string): Promise<number | null> {
  const { rows } = await sql<{ inMs: number | null }>`
    select ceil(extract(epoch from least(
      (select min(l.free_at) from lanes l
        where l.workspace_id = w.id and l.free_at > machine_now() and exists (
          select from deliveries d where d.workspace_id = w.id and d.lane = l.lane and d.state = 'pending'
            and d.due_at <= company_now(w))) - machine_now(),
      case when w.clock_stopped_at is null then
        (select d.due_at from deliveries d
          where d.workspace_id = w.id and d.state = 'pending' and d.due_at > company_now(w)
          order by d.due_at limit 1) - company_now(w) end
    )) * 1000)::float8 as "inMs"
    from workspaces w where w.id = ${workspaceId}`.execute(tx);
  return rows[0]?.inMs ?? null;
}
