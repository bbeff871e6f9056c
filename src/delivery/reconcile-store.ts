import { sql } from 'kysely';
import type { Database } from '../platform/db/database.ts';
import { addressColumns, addressJoins, type Claimed, ms } from './claim-store.ts';
import { type Limits, lookingMsOf } from './limits.ts';
import { lateReason } from './scan-store.ts';
import { isQuiet } from './settle-store.ts';

/** A delivery of which nobody knows whether it stands in Slack, leased for looking. */
export type Doubtful = Pick<
  Claimed,
  | 'id'
  | 'lease'
  | 'messageId'
  | 'personId'
  | 'personSlackId'
  | 'directChannel'
  | 'channelId'
  | 'channelSlackId'
  | 'channelName'
  | 'threadChannel'
  | 'threadTs'
> & {
  /** Where a search for it begins: a timestamp of Slack's. */
  oldest: string;
  /** How often it was looked for in vain, because the channel could not be read. */
  reads: number;
  /** Seconds since it was tried. */
  age: number;
};

/**
 * Leases deliveries in doubt whose settle time is over: a reading that begins after this sees whatever came to Slack.
 * It looks at what was said since an hour before the try, in case Slack's clock and the database's differ, and since
 * the message before it in its lane if that is earlier; where there was none, since a day.
 */
export async function leaseDoubtful(
  db: Database,
  workspaceId: string,
  limit: number,
  limits: Limits,
): Promise<Doubtful[]> {
  const { rows } = await sql<Doubtful>`
    with due as (
      select id from deliveries
      where workspace_id = ${workspaceId} and state = 'unknown' and settle_at <= machine_now()
        and (lease is null or leased_until < machine_now())
      order by settle_at, id limit ${limit} for update skip locked
    ), leased as (
      update deliveries d set lease = gen_random_uuid(), leased_until = machine_now() + ${ms(lookingMsOf(limits))}
      from due where d.id = due.id
      returning d.*
    )
    select d.id, d.lease, d.message_id as "messageId", d.reads, ${addressColumns},
      extract(epoch from machine_now() - d.claimed_at)::float8 as age,
      least(
        extract(epoch from d.claimed_at - case when d.after_ts is null then interval '1 day' else interval '1 hour' end),
        d.after_ts::numeric)::numeric(20, 6)::text as oldest
    from leased d ${addressJoins}
    order by d.settle_at`.execute(db);
  return rows;
}

/** Milliseconds until a delivery in doubt can be looked for; null: none is in doubt. */
export async function foreseeDoubt(db: Database, workspaceId: string): Promise<number | null> {
  const { rows } = await sql<{ inMs: number | null }>`
    select ceil(extract(epoch from min(greatest(settle_at, leased_until)) - machine_now()) * 1000)::float8 as "inMs"
    from deliveries where workspace_id = ${workspaceId} and state = 'unknown'`.execute(db);
  return rows[0]?.inMs ?? null;
}

/** An older process leaves no settle time behind: it begins when the first one that knows of it comes by. */
export async function dateDoubtful(db: Database, workspaceId: string, settleMs: number): Promise<void> {
  await sql`
    update deliveries set settle_at = machine_now() + ${ms(settleMs)},
      claimed_at = coalesce(claimed_at, machine_now() - interval '1 hour')
    where workspace_id = ${workspaceId} and state = 'unknown' and settle_at is null`.execute(db);
}

type Held = Pick<Doubtful, 'id' | 'lease'>;

/** When a lane need not wait for a doubt any more: at once, but what was sent there meanwhile keeps its distance. */
const freeAt = (spacingMs: number) => sql`greatest(machine_now(), l.sent_at + ${ms(spacingMs)})`;

/** What waited in the lanes of those that are settled need not wait for them any more. */
const freed = (spacingMs: number) => sql`
  freed as (
    update lanes l set free_at = ${freeAt(spacingMs)} from settled s
    where l.workspace_id = s.workspace_id and l.lane = s.lane and ${isQuiet(sql`s`)}
  )`;

/** They stand in Slack. What they say there is known only where there was but one wording; else it is shown again. */
export async function markFound(
  db: Database,
  found: readonly (Held & { channel: string; ts: string })[],
  spacingMs: number,
): Promise<void> {
  if (found.length === 0) return;
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(found)}::jsonb)
        as g (id uuid, lease uuid, channel text, ts text)
    ), settled as (
      update deliveries d set state = 'sent', slack_channel = g.channel, slack_ts = g.ts,
        shown_revision = case when d.wanted_revision = 1 then 1 else 0 end, sent_at = machine_now(),
        lease = null, leased_until = null, not_before = null, reason = null, settle_at = null
      from given g where d.id = g.id and d.lease = g.lease and d.state = 'unknown'
      returning d.id, d.workspace_id, d.lane, d.slack_ts
    )
    update lanes l set last_ts = greatest(l.last_ts, s.slack_ts), sent_at = machine_now(), refused = 0,
      free_at = case when ${isQuiet(sql`s`)} then ${freeAt(spacingMs)} else l.free_at end
    from settled s where l.workspace_id = s.workspace_id and l.lane = s.lane`.execute(db);
}

/** They do not stand in Slack: a complete reading after their settle time has shown it. Returns how many go out again. */
export async function markAbsent(db: Database, absent: readonly Held[], spacingMs: number): Promise<number> {
  if (absent.length === 0) return 0;
  const { rows } = await sql<{ state: string }>`
    with settled as (
      update deliveries d set
        state = case when d.withdrawn is not null then 'cancelled'
          when d.expires_at <= company_now(w) then 'expired' else 'pending' end,
        reason = case when d.withdrawn is not null then d.withdrawn
          when d.expires_at <= company_now(w) then ${lateReason} end,
        ended_at = case when d.withdrawn is not null or d.expires_at <= company_now(w) then machine_now() end,
        lease = null, leased_until = null, settle_at = null
      from jsonb_to_recordset(${JSON.stringify(absent)}::jsonb) as g (id uuid, lease uuid), workspaces w
      where d.id = g.id and d.lease = g.lease and d.state = 'unknown' and w.id = d.workspace_id
      returning d.id, d.workspace_id, d.lane, d.state
    ), ${freed(spacingMs)}
    select state from settled`.execute(db);
  return rows.filter(({ state }) => state === 'pending').length;
}

/** Nothing was learned: looked for again after the pause. A reading that was not even tried is not counted. */
export async function putOff(
  db: Database,
  held: readonly Held[],
  { pauseMs, reason }: { pauseMs: number; reason: string | null },
): Promise<void> {
  if (held.length === 0) return;
  await sql`
    update deliveries d set lease = null, leased_until = null,
      settle_at = greatest(d.settle_at, machine_now() + ${ms(pauseMs)}),
      reads = d.reads + case when ${reason}::text is null then 0 else 1 end, reason = coalesce(${reason}, d.reason)
    from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as g (id uuid, lease uuid)
    where d.id = g.id and d.lease = g.lease and d.state = 'unknown'`.execute(db);
}

/** It cannot be found out whether they stand in Slack: an admin decides. */
export async function giveUp(
  db: Database,
  held: readonly Held[],
  { reason, lostReason, spacingMs }: { reason: string; lostReason: string | null; spacingMs: number },
): Promise<void> {
  if (held.length === 0) return;
  await sql`
    with settled as (
      update deliveries d set state = 'dead', reason = ${reason}, ended_at = machine_now(),
        lease = null, leased_until = null
      from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as g (id uuid, lease uuid)
      where d.id = g.id and d.lease = g.lease and d.state = 'unknown'
      returning d.id, d.workspace_id, d.lane, d.message_id
    ), ${freed(spacingMs)}
    update channels c set lost_reason = ${lostReason}
    from settled s join messages m on m.id = s.message_id
    where c.id = m.to_channel_id and ${lostReason}::text is not null`.execute(db);
}
