import { sql } from 'kysely';
import type { Database, Tx } from '../platform/db/database.ts';
import type { DeadLetter, Troubles } from './core/health.ts';
import { isToldOf } from './held-lanes.ts';
import { hintChannel } from './lanes.ts';
import { orphanReason } from './message-store.ts';

/** Dead ones whose reason is their own: a reply that died with its parent stands and falls with it. */
const isListed = sql<boolean>`d.state = 'dead' and not (d.reason is not distinct from ${orphanReason}
  and exists (select 1 from deliveries parent where parent.message_id = m.thread_of and parent.state = 'dead'))`;

export async function findTroubles(db: Database, workspaceId: string): Promise<Troubles> {
  const { rows } = await sql<Troubles>`
    select
      (select d.reason from deliveries d join workspaces w on w.id = d.workspace_id
        where d.workspace_id = ${workspaceId} and d.state = 'pending' and d.due_at <= company_now(w)
          and ${isToldOf}
        order by d.due_at limit 1) as "oldestReason",
      (select count(*) from deliveries d join messages m on m.id = d.message_id
        where d.workspace_id = ${workspaceId} and ${isListed}) as dead`.execute(db);
  const [troubles] = rows;
  if (troubles === undefined) throw new Error('a statement without a table gave no row');
  return troubles;
}

/** The newest that are dead. */
export async function listDead(db: Database, workspaceId: string, limit: number): Promise<DeadLetter[]> {
  const { rows } = await sql<DeadLetter>`
    select d.id as "deliveryId", m.id as "messageId", m.dedupe_key as "dedupeKey",
      case when p.id is not null then json_build_object('slackId', p.slack_id, 'name', p.name) end as person,
      case when c.id is not null then json_build_object('slackId', c.slack_id, 'name', c.name,
        'isPrivate', c.is_private) end as channel,
      d.due_at as "dueAt", d.reason
    from deliveries d
    join messages m on m.id = d.message_id
    left join people p on p.id = m.to_person_id
    left join channels c on c.id = m.to_channel_id
    where d.workspace_id = ${workspaceId} and ${isListed}
    order by d.ended_at desc nulls last, d.message_id desc
    limit ${limit}`.execute(db);
  return rows;
}

/** A delivery, held until the transaction ends; undefined when this workspace has none with that id. */
export async function lockDelivery(
  tx: Tx,
  workspaceId: string,
  deliveryId: string,
): Promise<
  { messageId: number; state: string; reason: string | null; isOver: boolean; isOrphan: boolean } | undefined
> {
  const { rows } = await sql<{
    messageId: number;
    state: string;
    reason: string | null;
    isOver: boolean;
    isOrphan: boolean;
  }>`
    select d.message_id as "messageId", d.state, d.reason,
      coalesce(d.expires_at <= company_now(w), false) as "isOver",
      exists (select 1 from messages m join deliveries parent on parent.message_id = m.thread_of
        where m.id = d.message_id and parent.state in ('dead', 'expired', 'cancelled')) as "isOrphan"
    from deliveries d join workspaces w on w.id = d.workspace_id
    where d.workspace_id = ${workspaceId} and d.id = ${deliveryId}
    for update of d`.execute(tx);
  return rows[0];
}

/** A message and the replies that died with it. */
const withReplies = (messageId: number) => sql<boolean>`state = 'dead' and (message_id = ${messageId}
  or reason = ${orphanReason} and message_id in (select id from messages where thread_of = ${messageId}))`;

/** Lets a dead message wait anew, as if it had never been tried, with the replies that died with it. */
export async function revive(tx: Tx, workspaceId: string, messageId: number): Promise<void> {
  await sql`
    update deliveries set state = 'pending', reason = null, attempts = 0, reads = 0, ended_at = null,
      not_before = null, lease = null, leased_until = null, settle_at = null
    where workspace_id = ${workspaceId} and ${withReplies(messageId)}`.execute(tx);
  await sql`select pg_notify(${hintChannel}, '')`.execute(tx);
}

/** Takes a dead message off the list for good, with the replies that died with it. */
export async function letGo(tx: Tx, workspaceId: string, messageId: number, reason: string): Promise<void> {
  await sql`
    update deliveries set state = 'cancelled', reason = ${reason}, withdrawn = ${reason}, ended_at = machine_now()
    where workspace_id = ${workspaceId} and ${withReplies(messageId)}`.execute(tx);
}
