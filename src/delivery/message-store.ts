import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import type { NewMessage } from './message.ts';

/** Writes a message and its delivery. Returns its id, or the one of the message that has its dedupe key already. */
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
  const saved = await tx
    .updateTable('messages')
    .set((eb) => ({
      text: content.text,
      blocks,
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', messageId)
    .where(sql<boolean>`(text, blocks) is distinct from (${content.text}, ${blocks}::jsonb)`)
    .returning('revision')
    .executeTakeFirst();
  if (saved === undefined) return;
  await tx
    .updateTable('deliveries')
    .set({ wanted_revision: saved.revision })
    .where('message_id', '=', messageId)
    .execute();
}

/** Cancels a delivery that waits; any other is left as it is. */
export async function markCancelled(tx: Tx, messageId: number, reason: string): Promise<void> {
  await tx
    .updateTable('deliveries')
    .set({ state: 'cancelled', reason })
    .where('message_id', '=', messageId)
    .where('state', '=', 'pending')
    .execute();
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
 * not for a time.
 */
export async function findNextDue(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<Waiting | undefined> {
  return await db
    .selectFrom('deliveries as d')
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
    .groupBy('d.due_at')
    .orderBy('d.due_at')
    .executeTakeFirst();
}
