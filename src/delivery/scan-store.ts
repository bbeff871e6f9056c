import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../platform/db/database.ts';
import type { Candidate, Ended } from './core/claiming.ts';
import type { Nudged } from './core/nudges.ts';
import { heldLanes, isTold } from './held-lanes.ts';
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

const moment = sql`
  moment as materialized (
    select company_now(w) as company, w.quiet_since is not null as quiet from workspaces w where w.id = `;

/** So many that are due are looked at in their order; beyond that, each lane is asked for its first. */
const longestLook = 1_000;

/**
 * What may be next in the lanes that are free: the first of each lane in which an answer waits, and then whatever is
 * due, up to `most` of each, in the order in which they shall go out. However much waits in lanes that are busy, or
 * is held while the workspace is quiet, the look at it is bounded.
 */
export async function scanDue(tx: Tx, workspaceId: string, most: number): Promise<Candidate[]> {
  const { rows } = await sql<(Row | Record<keyof Row, null>) & { looked: number }>`
    with recursive ${moment} ${workspaceId}), ${heldLanes(workspaceId)}, answering as materialized (
      select distinct lane from (
        select d.lane from deliveries d
        where d.workspace_id = ${workspaceId} and d.state = 'pending' and d.is_answer
          and d.due_at <= (select company from moment) and ${isFree} and ${isTold}
        order by d.due_at limit ${most}) oldest
    ), first as (
      select head.* from answering a cross join lateral (
        select ${columns} from deliveries d ${joins}
        where d.workspace_id = ${workspaceId} and d.lane = a.lane and ${ready}
        order by d.due_at, d.message_id limit 1) head
    ), looked as materialized (
      select * from deliveries d
      where d.workspace_id = ${workspaceId} and d.state = 'pending' and d.due_at <= (select company from moment)
        and ${isTold}
      order by d.due_at, d.message_id limit ${longestLook}
    ), planned as (
      select ${columns} from looked d ${joins} where ${ready} and ${isFree}
      order by d.due_at, d.message_id limit ${most}
    )
    select count.looked, id, lane, "isNudge", withdrawn, "isOrphan", "isLate", "beforeAnswer"
    from (select count(*) as looked from looked) count
    left join (
      select *, true as "beforeAnswer" from first union all select *, false from planned
    ) both_kinds on true
    order by "beforeAnswer" desc, due_at, message_id`.execute(tx);
  const found = rows.flatMap((row) => (row.id === null ? [] : [candidateOf(row)]));
  const planned = found.filter((candidate) => !candidate.beforeAnswer).length;
  // Somebody may wait behind very many that cannot go out.
  const isAll = (rows[0]?.looked ?? 0) < longestLook || planned >= most;
  return isAll ? found : [...found, ...(await scanLanes(tx, workspaceId, most))];
}

/** The first of each lane that is free, found from lane to lane, however much waits in each. */
async function scanLanes(tx: Tx, workspaceId: string, most: number): Promise<Candidate[]> {
  const { rows } = await sql<Row>`
    with recursive ${moment} ${workspaceId}), ${heldLanes(workspaceId)}, waiting as (
      (select d.lane from deliveries d where d.workspace_id = ${workspaceId} and d.state = 'pending'
        order by d.lane limit 1)
      union all
      select (select d.lane from deliveries d
        where d.workspace_id = ${workspaceId} and d.state = 'pending' and d.lane > w.lane order by d.lane limit 1)
      from waiting w where w.lane is not null
    )
    select head.id, head.lane, head."isNudge", head.withdrawn, head."isOrphan", head."isLate",
      false as "beforeAnswer"
    from (
      select d.lane from waiting d where d.lane is not null and ${isTold} and not exists (select from lanes l
        where l.workspace_id = ${workspaceId} and l.lane = d.lane and l.free_at > machine_now())
    ) free cross join lateral (
      select ${columns} from deliveries d ${joins}
      where d.workspace_id = ${workspaceId} and d.lane = free.lane and ${ready}
      order by d.due_at, d.message_id limit 1) head
    order by head.due_at, head.message_id limit ${most}`.execute(tx);
  return rows.map(candidateOf);
}

function candidateOf(row: Row): Candidate {
  const { id, lane, isNudge, beforeAnswer } = row;
  return { id, lane, isNudge, beforeAnswer, ended: endOf(row) };
}

export const lateReason = 'its time was over before it could be sent';

function endOf({ isOrphan, isLate, withdrawn }: Row): Ended | null {
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
            and d.due_at <= company_now(w) offset 0)) - machine_now(),
      case when w.clock_stopped_at is null then
        (select d.due_at from deliveries d
          where d.workspace_id = w.id and d.state = 'pending' and d.due_at > company_now(w)
          order by d.due_at limit 1) - company_now(w) end
    )) * 1000)::float8 as "inMs"
    from workspaces w where w.id = ${workspaceId}`.execute(tx);
  return rows[0]?.inMs ?? null;
}
