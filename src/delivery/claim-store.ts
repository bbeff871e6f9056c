import { sql } from 'kysely';
import type { Database, Tx } from '../platform/db/database.ts';
import { isToldOf } from './held-lanes.ts';
import { type Limits, leaseMsOf, longestDoubtMs, settleMsOf } from './limits.ts';
import { lateReason } from './scan-store.ts';

/** A delivery that this process holds the lease of. */
export type Claimed = {
  id: string;
  lease: string;
  messageId: number;
  revision: number;
  text: string;
  blocks: unknown[];
  personId: number | null;
  personSlackId: string | null;
  directChannel: string | null;
  channelId: number | null;
  channelSlackId: string | null;
  /** Without its #. */
  channelName: string | null;
  /** Set for a reply: the message that it answers, as it stands in Slack. Null for one of somebody else's. */
  threadChannel: string | null;
  /** Set for a reply. */
  threadTs: string | null;
  /** Set for an edit: the message as it stands in Slack. */
  slackChannel: string | null;
  slackTs: string | null;
};

/** Where a leased delivery `d` goes. */
export const addressColumns = sql`
  m.to_person_id as "personId", p.slack_id as "personSlackId", p.direct_channel as "directChannel",
  c.id as "channelId", c.slack_id as "channelSlackId", c.name as "channelName",
  parent.slack_channel as "threadChannel", coalesce(parent.slack_ts, m.thread_ts) as "threadTs"`;

export const addressJoins = sql`
  join messages m on m.id = d.message_id
  left join people p on p.id = m.to_person_id
  left join channels c on c.id = m.to_channel_id
  left join deliveries parent on parent.message_id = m.thread_of`;

const claimedColumns = sql`
  d.id, d.lease, m.id as "messageId", m.revision, m.text, m.blocks, ${addressColumns},
  d.slack_channel as "slackChannel", d.slack_ts as "slackTs"`;

/** So many milliseconds, as Postgres counts them. */
export const ms = (milliseconds: number) => sql`make_interval(secs => ${milliseconds / 1000})`;

/**
 * Leases these deliveries, and their lanes with them: one message is under way in each. What somebody else is
 * changing at this moment is left out, and waits with all that is behind it.
 */
export async function lease(tx: Tx, ids: readonly string[], limits: Limits): Promise<Claimed[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Claimed>`
    with due as (
      select id from deliveries where id = any(${ids}::uuid[]) and state = 'pending'
      order by id for update skip locked
    ), leased as (
      update deliveries d set state = 'sending', lease = gen_random_uuid(), attempts = attempts + 1,
        claimed_at = machine_now(), leased_until = machine_now() + ${ms(leaseMsOf(limits))},
        settle_at = machine_now() + ${ms(settleMsOf(limits))}, tried_at = company_now(w), reads = 0,
        after_ts = (select l.last_ts from lanes l where l.workspace_id = d.workspace_id and l.lane = d.lane)
      from due, workspaces w
      where d.id = due.id and w.id = d.workspace_id
      returning d.*
    ), busy as (
      insert into lanes (workspace_id, lane, free_at)
      select workspace_id, lane, machine_now() + ${ms(longestDoubtMs)} from leased
      on conflict (workspace_id, lane) do update set free_at = excluded.free_at
    )
    select ${claimedColumns} from leased d ${addressJoins}
    order by d.due_at, d.message_id`.execute(tx);
  return rows;
}

/**
 * Leases messages in Slack that read differently from what they shall, those that stand there longest first. In a quiet
 * workspace those that may not be told are left as they stand.
 */
export async function leaseEdits(
  tx: Tx,
  workspaceId: string,
  limit: number,
  limits: Limits,
): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with due as (
      select d.id from deliveries d join workspaces w on w.id = d.workspace_id
      where d.workspace_id = ${workspaceId} and d.state = 'sent' and d.shown_revision < d.wanted_revision
        and (d.lease is null or d.leased_until < machine_now())
        and (d.not_before is null or d.not_before <= machine_now()) and ${isToldOf}
      order by d.sent_at, d.message_id limit ${limit}
      for update of d skip locked
    ), leased as (
      update deliveries set lease = gen_random_uuid(), leased_until = machine_now() + ${ms(leaseMsOf(limits))}
      from due where deliveries.id = due.id
      returning deliveries.*
    )
    select ${claimedColumns} from leased d ${addressJoins} order by d.sent_at, d.message_id`.execute(tx);
  return rows;
}

/** Whether any message reads differently from what it shall: most often none does, and no budget is touched. */
export async function hasEdits(db: Database, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from deliveries d
      where d.workspace_id = w.id and d.state = 'sent' and d.shown_revision < d.wanted_revision
        and ${isToldOf}) as has
    from workspaces w where w.id = ${workspaceId}`.execute(db);
  return rows[0]?.has === true;
}

/** Milliseconds until a message can be edited whose last try failed; null: none waits for that. */
export async function foreseeEdit(tx: Tx, workspaceId: string): Promise<number | null> {
  const { rows } = await sql<{ inMs: number | null }>`
    select ceil(extract(epoch from min(greatest(not_before, leased_until)) - machine_now()) * 1000)::float8 as "inMs"
    from deliveries d join workspaces w on w.id = d.workspace_id
    where d.workspace_id = ${workspaceId} and d.state = 'sent' and d.shown_revision < d.wanted_revision
      and ${isToldOf}`.execute(tx);
  const inMs = rows[0]?.inMs ?? null;
  return inMs === null ? null : Math.max(inMs, 0);
}

/**
 * Notices what time has decided. Whoever held a lease that ran out is gone or late: what they did is not known, and
 * the lane waits until they were looked for. What has run out of its own time expires.
 */
export async function sweep(db: Database, workspaceId: string, limits: Limits): Promise<void> {
  await sql`
    with over as (
      select id from deliveries
      where workspace_id = ${workspaceId} and state = 'sending' and lease is not null
        and leased_until < machine_now()
      order by id for update skip locked
    ), lost as (
      update deliveries d set state = 'unknown', lease = null, leased_until = null,
        reason = 'the lease ran out',
        claimed_at = coalesce(claimed_at, leased_until - interval '1 hour'),
        settle_at = coalesce(settle_at, machine_now() + ${ms(settleMsOf(limits))})
      from over where d.id = over.id
      returning d.workspace_id, d.lane
    ), held as (
      update lanes l set free_at = machine_now() + ${ms(longestDoubtMs)} from lost
      where l.workspace_id = lost.workspace_id and l.lane = lost.lane
    ), late as (
      select d.id from deliveries d
      where d.workspace_id = ${workspaceId} and d.state = 'pending'
        and d.expires_at <= (select company_now(w) from workspaces w where w.id = ${workspaceId})
      order by d.expires_at limit 1000 for update skip locked
    )
    update deliveries d set state = 'expired', reason = ${lateReason}, ended_at = machine_now()
    from late where d.id = late.id`.execute(db);
}
