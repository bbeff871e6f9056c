import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import type { NewMessage } from './message.ts';

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
  channelSlackId: string | null;
  threadTs: string | null;
  /** Set for an edit: the message as it stands in Slack. */
  slackChannel: string | null;
  slackTs: string | null;
};

/** How long a claim is this process's alone. Machine time. */
export const leaseSeconds = 30;

export async function insertMessage(tx: Tx, message: NewMessage): Promise<number> {
  const inserted = await tx
    .insertInto('messages')
    .values({
      workspace_id: message.workspaceId,
      dedupe_key: message.dedupeKey,
      to_person_id: 'personId' in message.to ? message.to.personId : null,
      to_channel_id: 'channelId' in message.to ? message.to.channelId : null,
      thread_of: message.threadOf ?? null,
      text: message.content.text,
      blocks: JSON.stringify(message.content.blocks),
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'dedupe_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) {
    const known = await tx
      .selectFrom('messages')
      .select('id')
      .where('workspace_id', '=', message.workspaceId)
      .where('dedupe_key', '=', message.dedupeKey)
      .executeTakeFirstOrThrow();
    return known.id;
  }
  await tx
    .insertInto('deliveries')
    .values({ workspace_id: message.workspaceId, message_id: inserted.id, due_at: message.dueAt.toString() })
    .execute();
  return inserted.id;
}

/** A message that reads so already is left alone, so that no edit is spent on it. */
export async function saveContent(tx: Tx, messageId: number, content: NewMessage['content']): Promise<void> {
  const blocks = JSON.stringify(content.blocks);
  await tx
    .updateTable('messages')
    .set((eb) => ({
      text: content.text,
      blocks,
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', messageId)
    .where(sql<boolean>`(text, blocks) is distinct from (${content.text}, ${blocks}::jsonb)`)
    .execute();
}

export async function markCancelled(tx: Tx, messageId: number, reason: string): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ state: 'cancelled', reason })
    .where('message_id', '=', messageId)
    .where('state', '=', 'pending')
    .execute();
}

const claimedColumns = sql`
  d.id, d.lease, m.id as "messageId", m.revision, m.text, m.blocks, m.to_person_id as "personId",
  p.slack_id as "personSlackId", p.direct_channel as "directChannel", c.slack_id as "channelSlackId",
  parent.slack_ts as "threadTs", d.slack_channel as "slackChannel", d.slack_ts as "slackTs"`;

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
        and d.due_at <= now() + w.clock_offset
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
      select d.id from deliveries d join messages m on m.id = d.message_id
      where d.workspace_id = ${workspaceId} and d.state = 'sent' and d.shown_revision < m.revision
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

/** A success counts whenever it comes, even after the lease was lost. */
export async function markSent(
  db: Database,
  delivery: Claimed,
  sent: { channel: string; ts: string },
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      state: 'sent',
      slack_channel: sent.channel,
      slack_ts: sent.ts,
      shown_revision: delivery.revision,
      sent_at: sql<string>`now()`,
      lease: null,
      leased_until: null,
      not_before: null,
      reason: null,
    })
    .where('id', '=', delivery.id)
    .execute();
}

/** Settles a post that was not confirmed; only whoever still holds the lease may. */
export async function settle(
  db: Database,
  delivery: Claimed,
  state: 'pending' | 'unknown' | 'dead',
  reason: string,
  pauseMs = 0,
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      state,
      reason,
      lease: null,
      leased_until: null,
      not_before: sql<string>`now() + make_interval(secs => ${pauseMs / 1000})`,
    })
    .where('id', '=', delivery.id)
    .where('lease', '=', delivery.lease)
    .execute();
}

/** Settles an edit: `shown` is the revision that Slack shows now, or null when it has to be tried again. */
export async function settleEdit(
  db: Database,
  delivery: Claimed,
  shown: number | null,
  reason: string | null,
  pauseMs = 0,
): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({
      ...(shown === null ? {} : { shown_revision: shown }),
      reason,
      lease: null,
      leased_until: null,
      not_before: sql<string>`now() + make_interval(secs => ${pauseMs / 1000})`,
    })
    .where('id', '=', delivery.id)
    .where('lease', '=', delivery.lease)
    .execute();
}

export async function findDirectChannel(db: Database, personId: number): Promise<string | null> {
  const person = await db
    .selectFrom('people')
    .select('direct_channel')
    .where('id', '=', personId)
    .executeTakeFirst();
  return person?.direct_channel ?? null;
}

export async function saveDirectChannel(db: Database, personId: number, channel: string): Promise<void> {
  await db.updateTable('people').set({ direct_channel: channel }).where('id', '=', personId).execute();
}

/**
 * When the next waiting delivery is due after `after`, in company time; null when none is. A reply waits for its
 * parent and not for a time.
 */
export async function nextDueAt(db: Database, workspaceId: string, after: Temporal.Instant) {
  const row = await db
    .selectFrom('deliveries as d')
    .innerJoin('messages as m', 'm.id', 'd.message_id')
    .leftJoin('deliveries as parent', 'parent.message_id', 'm.thread_of')
    .select((eb) => eb.fn.min('d.due_at').as('dueAt'))
    .where('d.workspace_id', '=', workspaceId)
    .where('d.state', '=', 'pending')
    .where('d.due_at', '>', sql<Temporal.Instant>`${after.toString()}::timestamptz`)
    .where((eb) => eb.or([eb('m.thread_of', 'is', null), eb('parent.state', '=', 'sent')]))
    .executeTakeFirst();
  return row?.dueAt ?? null;
}
