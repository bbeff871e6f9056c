import { rewrite } from '../../delivery/outbox.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { listReleasedRocks, markMovedOn } from './left-store.ts';
import { findActingMessage } from './message-store.ts';
import { actingBlocks } from './stand-in-blocks.ts';
import { findDeparture } from './store.ts';

/**
 * Lets the message of who stands in since somebody left say what is still theirs to stand in for: a rock that has moved
 * on, however it did, takes its button with it.
 */
export async function redrawActing(
  tx: Tx,
  workspaceId: string,
  departureId: number,
  personId: number,
): Promise<void> {
  // Marked before it is read: what moves on meanwhile stays to be redrawn.
  await markMovedOn(tx, workspaceId, departureId, personId);
  const departure = await findDeparture(tx, workspaceId, departureId);
  const messageId = await findActingMessage(tx, workspaceId, departureId, personId);
  if (departure === undefined || messageId === undefined) return;
  const rocks = await listReleasedRocks(tx, workspaceId, departureId);
  const own = rocks.filter(({ acting }) => acting?.id === personId);
  await rewrite(tx, messageId, actingBlocks(departure, own));
}

/** The same in a transaction of its own. */
export async function redrawMovedOn(
  db: Database,
  workspaceId: string,
  { departureId, personId }: { departureId: number; personId: number },
): Promise<void> {
  await inTransaction(db, async (tx) => await redrawActing(tx, workspaceId, departureId, personId));
}
