import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../platform/db/database.ts';

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
  /** Set for a reply: the message that it answers, as it stands in Slack. */
  threadChannel: string | null;
  threadTs: string | null;
  /** Set for an edit: the message as it stands in Slack. */
  slackChannel: string | null;
  slackTs: string | null;
};

/** How long a claim is this process's alone. Machine time. */
export const leaseSeconds = 30;

const claimedColumns = sql`
  d.id, d.lease, m.id as "messageId", m.revision, m.text, m.blocks, m.to_person_id as "personId",
  p.slack_id as "personSlackId", p.direct_channel as "directChannel",
  c.id as "channelId", c.slack_id as "channelSlackId", c.name as "channelName",
  parent.slack_channel as "threadChannel", parent.slack_ts as "threadTs", d.slack_channel as "slackChannel", d.slack_ts as "slackTs"`;

const claimedJoins = sql`
  left join people p on p.id = m.to_person_id
  left join channels c on c.id = m.to_channel_id
  left join deliveries parent on parent.message_id = m.thread_of`;

/**
 * Leases deliveries that are due, oldest first. The lease is committed before any call to Slack, so that a
 * crash in between leaves a trace. Replies wait for their parent.
 */
export async function claimDue(db: Database, workspaceId: string, limit: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with due as (
      select d.id from deliveries d
      join workspaces w on w.id = d.workspace_id
      join messages m on m.id = d.message_id
      where d.workspace_id = ${workspaceId} and d.state = 'pending'
        and d.due_at <= company_now(w)
        and (d.not_before is null or d.not_before <= now())
        and (m.thread_of is null or exists (
          select 1 from deliveries parent where parent.message_id = m.thread_of and parent.state = 'sent'))
      order by d.due_at, d.message_id
      limit ${limit}
      for update of d skip locked
    ), leased as (
      update deliveries set state = 'sending', lease = gen_random_uuid(), attempts = attempts + 1,
        leased_until = now() + make_interval(secs => ${leaseSeconds})
      from due where deliveries.id = due.id
      returning deliveries.*
    )
    select ${claimedColumns} from leased d join messages m on m.id = d.message_id ${claimedJoins}
    order by d.due_at, d.message_id`.execute(db);
  return rows;
}

/** Leases messages in Slack that read differently from what they shall. */
export async function claimEdits(db: Database, workspaceId: string, limit: number): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with due as (
      select d.id from deliveries d
      where d.workspace_id = ${workspaceId} and d.state = 'sent' and d.shown_revision < d.wanted_revision
        and (d.lease is null or d.leased_until < now())
        and (d.not_before is null or d.not_before <= now())
      order by d.sent_at limit ${limit}
      for update of d skip locked
    ), leased as (
      update deliveries set lease = gen_random_uuid(),
        leased_until = now() + make_interval(secs => ${leaseSeconds})
      from due where deliveries.id = due.id
      returning deliveries.*
    )
    select ${claimedColumns} from leased d join messages m on m.id = d.message_id ${claimedJoins}`.execute(
    db,
  );
  return rows;
}

/** Whoever held these leases is gone or late: what they did is not known. */
export async function loseLeases(db: Database, workspaceId: string): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ state: 'unknown', lease: null, leased_until: null, reason: 'the lease ran out' })
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'sending')
    .where('leased_until', '<', sql<Temporal.Instant>`now()`)
    .execute();
}

/** A reply goes nowhere without the message that it answers. */
export async function buryReplies(db: Database, workspaceId: string): Promise<void> {
  await sql`
    update deliveries d set state = 'dead', reason = 'the message that it answers was not sent'
    from messages m join deliveries parent on parent.message_id = m.thread_of
    where d.message_id = m.id and d.workspace_id = ${workspaceId} and d.state = 'pending'
      and parent.state in ('dead', 'expired', 'cancelled')`.execute(db);
}
