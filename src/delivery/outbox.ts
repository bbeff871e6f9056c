import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../platform/db/database.ts';
import type { NewMessage } from './message.ts';
import { hint, insertMessages, markWithdrawn, saveContents, saveExpiry } from './message-store.ts';

/**
 * Writes down that somebody is to be told, in the transaction of the fact that it tells. Returns the
 * message's id, whether it was written now or, under the same dedupe key, before.
 */
export async function tell(tx: Tx, message: NewMessage): Promise<number> {
  const [id] = await insertMessages(tx, [message]);
  if (id === undefined) throw new Error('a message was written and has no id');
  return id;
}

/** The same for many at once, in a statement or two however many they are. Returns their ids, in the same order. */
export async function tellAll(tx: Tx, messages: readonly NewMessage[]): Promise<number[]> {
  return await insertMessages(tx, messages);
}

/** Says that what waited may go out now, to whoever sends, once this transaction is committed. */
export async function wakeSenders(tx: Tx): Promise<void> {
  await hint(tx);
}

/** Says what a message shall read from now on. Sent ones are edited in place, waiting ones go out like this. */
export async function rewrite(tx: Tx, messageId: number, content: NewMessage['content']): Promise<void> {
  await saveContents(tx, [{ id: messageId, content }]);
}

/** The same of many at once, in two statements however many they are. */
export async function rewriteAll(
  tx: Tx,
  messages: readonly { id: number; content: NewMessage['content'] }[],
): Promise<void> {
  await saveContents(tx, messages);
}

/** Until when messages that wait may be sent, from now on (null: without end), in company time. */
export async function setExpiry(
  tx: Tx,
  messages: readonly { messageId: number; expiresAt: Temporal.Instant | null }[],
): Promise<void> {
  await saveExpiry(tx, messages);
}

/**
 * Takes a message back that has not gone out; one that has stays. One that is under way or in doubt may still turn
 * out to have gone out, but it is never sent again.
 */
export async function cancel(tx: Tx, messageId: number, reason: string): Promise<void> {
  await markWithdrawn(tx, [messageId], reason);
}

/** The same for many at once. */
export async function cancelAll(tx: Tx, messageIds: readonly number[], reason: string): Promise<void> {
  await markWithdrawn(tx, messageIds, reason);
}
