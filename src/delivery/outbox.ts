import type { Tx } from '../platform/db/database.ts';
import type { NewMessage } from './message.ts';
import { insertMessage, markCancelled, saveContent } from './message-store.ts';

/**
 * Writes down that somebody is to be told, in the transaction of the fact that it tells. Returns the
 * message's id, whether it was written now or, under the same dedupe key, before.
 */
export async function tell(tx: Tx, message: NewMessage): Promise<number> {
  return await insertMessage(tx, message);
}

/** Says what a message shall read from now on. Sent ones are edited in place, waiting ones go out like this. */
export async function rewrite(tx: Tx, messageId: number, content: NewMessage['content']): Promise<void> {
  await saveContent(tx, messageId, content);
}

/** Takes a message back that has not gone out; one that has stays. */
export async function cancel(tx: Tx, messageId: number, reason: string): Promise<void> {
  await markCancelled(tx, messageId, reason);
}
