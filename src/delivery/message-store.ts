import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import { isToldOf } from './held-lanes.ts';
import { hintChannel, laneOf } from './lanes.ts';
import type { NewMessage } from './message.ts';

/** Why a reply ends whose parent did. */
export const orphanReason = 'the message that it answers was not sent';

/**
 * Writes messages and their deliveries, in the order given, and tells whoever sends that there is something to do.
 * Returns their ids, or those of the messages that have their dedupe keys already. A reply to a message that ended
 * unsent ends with it.
 */
export async function insertMessages(tx: Tx, messages: readonly NewMessage[]): Promise<number[]> {
  const keyed = new Map<string, NewMessage>();
  for (const message of messages) if (!keyed.has(keyOf(message))) keyed.set(keyOf(message), message);
  const ids = new Map<string, number>();
  // One statement is planned and bound in one go, so it must not grow without bounds.
  const rows = [...keyed.values()];
  for (let start = 0; start < rows.length; start += mostRows) {
    for (const { key, id } of await insertSome(tx, rows.slice(start, start + mostRows))) ids.set(key, id);
  }
  return messages.map((message) => {
    const id = ids.get(keyOf(message));
    if (id === undefined) throw new Error(`the message ${message.dedupeKey} was not written`);
    return id;
  });
}

const mostRows = 1_000;

function keyOf({ workspaceId, dedupeKey }: NewMessage): string {
  return `${workspaceId} ${dedupeKey}`;
}

async function insertSome(tx: Tx, messages: NewMessage[]): Promise<{ key: string; id: number }[]> {
  const given = JSON.stringify(messages.map(rowOf));
  const { rows: inserted } = await sql<{ key: string; id: number }>`
    with given as (
      select * from rows from (jsonb_to_recordset(${given}::jsonb) as (
        workspace_id text, dedupe_key text, to_person_id bigint, to_channel_id bigint, thread_of bigint,
        thread_ts text, text text, blocks jsonb, lane text, due_at timestamptz, is_answer boolean, is_nudge boolean,
        expires_at timestamptz
      )) with ordinality as g (
        workspace_id, dedupe_key, to_person_id, to_channel_id, thread_of, thread_ts, text, blocks, lane, due_at, is_answer,
        is_nudge, expires_at, n)
    ), inserted as (
      insert into messages (workspace_id, dedupe_key, to_person_id, to_channel_id, thread_of, thread_ts, text,
        blocks)
      select workspace_id, dedupe_key, to_person_id, to_channel_id, thread_of, thread_ts, text, blocks from given order by n
      on conflict (workspace_id, dedupe_key) do nothing
      returning id, workspace_id, dedupe_key
    ), delivered as (
      insert into deliveries (workspace_id, message_id, lane, due_at, is_answer, is_nudge, expires_at, state,
        reason, ended_at)
      select g.workspace_id, i.id, g.lane, g.due_at, g.is_answer, g.is_nudge, g.expires_at,
        case when parent.id is null then 'pending' else 'dead' end,
        case when parent.id is not null then ${orphanReason} end,
        case when parent.id is not null then machine_now() end
      from inserted i join given g using (workspace_id, dedupe_key)
      left join deliveries parent on parent.message_id = g.thread_of
        and parent.state in ('dead', 'expired', 'cancelled')
    )
    select workspace_id || ' ' || dedupe_key as key, id, (select pg_notify(${hintChannel}, '')) as hinted
    from inserted`.execute(tx);
  if (inserted.length === messages.length) return inserted;
  const missing = messages.filter((message) => !inserted.some(({ key }) => key === keyOf(message)));
  const { rows: known } = await sql<{ key: string; id: number }>`
    select workspace_id || ' ' || dedupe_key as key, id from messages
    where (workspace_id, dedupe_key) in (
      select * from unnest(${missing.map((it) => it.workspaceId)}::text[],
        ${missing.map((it) => it.dedupeKey)}::text[]))`.execute(tx);
  return [...inserted, ...known];
}

function rowOf(message: NewMessage) {
  const { to, content } = message;
  return {
    workspace_id: message.workspaceId,
    dedupe_key: message.dedupeKey,
    to_person_id: 'personId' in to ? to.personId : null,
    to_channel_id: 'channelId' in to ? to.channelId : null,
    thread_of: message.threadOf ?? null,
    thread_ts: message.threadTs ?? null,
    text: content.text,
    blocks: content.blocks,
    lane: laneOf(to),
    due_at: message.dueAt.toString(),
    is_answer: message.isAnswer ?? false,
    is_nudge: message.isNudge ?? false,
    expires_at: message.expiresAt?.toString() ?? null,
  };
}

export async function hint(tx: Tx): Promise<void> {
  await sql`select pg_notify(${hintChannel}, '')`.execute(tx);
}

/** Messages that read so already are left alone, so that no edit is spent on them. */
export async function saveContents(
  tx: Tx,
  messages: readonly { id: number; content: NewMessage['content'] }[],
): Promise<void> {
  if (messages.length === 0) return;
  const given = messages.map(({ id, content }) => ({ id, text: content.text, blocks: content.blocks }));
  // Locked in one order: two that rewrite the same messages must not wait for each other; nor for replies to them, which
  // hold the key of their parent.
  await sql`
    with changed as (
      select m.id, g.text, g.blocks from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as g (id bigint, text text, blocks jsonb)
      join messages m on m.id = g.id
      where (m.text, m.blocks) is distinct from (g.text, g.blocks) order by m.id for no key update of m
    ), saved as (
      update messages m set text = c.text, blocks = c.blocks, revision = m.revision + 1
      from changed c where m.id = c.id returning m.id, m.revision
    )
    update deliveries d set wanted_revision = s.revision from saved s where d.message_id = s.id`.execute(tx);
}

/** Keeps until when messages that still wait may be sent. */
export async function saveExpiry(
  tx: Tx,
  messages: readonly { messageId: number; expiresAt: Temporal.Instant | null }[],
): Promise<void> {
  if (messages.length === 0) return;
  await sql`
    update deliveries d set expires_at = g."expiresAt"
    from json_to_recordset(${JSON.stringify(messages)}::json) as g ("messageId" bigint, "expiresAt" timestamptz)
    where d.message_id = g."messageId" and d.state = 'pending'`.execute(tx);
}

/**
 * Withdraws deliveries that are not known to have gone out. What waits is cancelled; what is under way or in doubt
 * keeps why it must not go out again. Any other is left as it is.
 */
export async function markWithdrawn(tx: Tx, messageIds: readonly number[], reason: string): Promise<void> {
  if (messageIds.length === 0) return;
  // Locked in one order: two that withdraw the same messages must not wait for each other.
  await sql`
    update deliveries d set withdrawn = ${reason},
      state = case when d.state = 'pending' then 'cancelled' else d.state end,
      reason = case when d.state = 'pending' then ${reason} else d.reason end,
      ended_at = case when d.state = 'pending' then machine_now() end
    where d.id in (
      select id from deliveries
      where message_id = any(${messageIds}::bigint[]) and state in ('pending', 'sending', 'unknown')
        and withdrawn is null
      order by id for update)`.execute(tx);
}

/** What is due at one moment: how much, and to whom or in which #channel the first of it goes. */
export type Waiting = {
  dueAt: Temporal.Instant;
  count: number;
  person: string | null;
  channel: string | null;
};

/**
 * What comes due next after `after`, in company time; undefined when nothing does. A reply waits for its parent and
 * not for a time, and what is held in a quiet workspace for its team to go live.
 */
export async function findNextDue(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<Waiting | undefined> {
  return await db
    .selectFrom('deliveries as d')
    .innerJoin('workspaces as w', 'w.id', 'd.workspace_id')
    .innerJoin('messages as m', 'm.id', 'd.message_id')
    .leftJoin('people as p', 'p.id', 'm.to_person_id')
    .leftJoin('channels as c', 'c.id', 'm.to_channel_id')
    .leftJoin('deliveries as parent', 'parent.message_id', 'm.thread_of')
    .select((eb) => [
      'd.due_at as dueAt',
      eb.fn.countAll<number>().as('count'),
      eb.fn.min('p.name').as('person'),
      eb.fn.min('c.name').as('channel'),
    ])
    .where('d.workspace_id', '=', workspaceId)
    .where('d.state', '=', 'pending')
    .where('d.due_at', '>', sql<Temporal.Instant>`${after.toString()}::timestamptz`)
    .where((eb) => eb.or([eb('m.thread_of', 'is', null), eb('parent.state', '=', 'sent')]))
    .where(isToldOf)
    .groupBy('d.due_at')
    .orderBy('d.due_at')
    .executeTakeFirst();
}
