import type { Temporal } from 'temporal-polyfill';
import { rewrite, tell } from '../../../delivery/outbox.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import { said } from '../blocks.ts';
import type { Batch, Move } from './core/batch.ts';
import { authorBlocks, concernedBlocks, type LeftOut, leftOutBlocks } from './message-blocks.ts';
import { findBatch, listBatchMessages, listMoves, lockBatch, type Side, saveBatchMessage } from './store.ts';

/** Says in every message of a batch how it stands, in the transaction of the change. */
export async function redrawBatch(tx: Tx, workspaceId: string, batchId: number): Promise<void> {
  // Of two handoffs that move at once the later one shall count both.
  const batch = await lockBatch(tx, workspaceId, batchId);
  if (batch?.state !== 'released') return;
  const moves = await listMoves(tx, workspaceId, batchId);
  for (const { side, personId, messageId } of await listBatchMessages(tx, batchId))
    await rewrite(tx, messageId, contentFor(batch, moves, side, personId));
}

/**
 * Tells everybody whom these handoffs of a batch concern, each in one message: what comes and what goes. Its author
 * has one of their own, with how all stand. Whoever has a message already gets a new one only if something comes.
 */
export async function tellBatch(
  tx: Tx,
  workspaceId: string,
  batchId: number,
  handoffIds: readonly number[],
  at: Temporal.Instant,
): Promise<void> {
  const batch = await findBatch(tx, workspaceId, batchId);
  if (batch === undefined) throw new Error(`batch ${batchId} is not there`);
  const moves = await listMoves(tx, workspaceId, batchId);
  const fresh = moves.filter(({ handoffId }) => handoffIds.includes(handoffId));
  const known = await listBatchMessages(tx, batchId);
  const has = (side: Side, personId: number) =>
    known.find((it) => it.side === side && it.personId === personId);
  const receivers = new Set(fresh.map(({ to }) => to.id));
  const senders = fresh.flatMap(({ from }) => (from === null || from.id === batch.by.id ? [] : [from.id]));
  const newest = Math.max(0, ...handoffIds);
  const send = async (side: Side, personId: number, dedupeKey: string): Promise<void> => {
    const content = contentFor(batch, moves, side, personId);
    const message = { workspaceId, dedupeKey, to: { personId }, content, dueAt: at, isAnswer: true };
    await saveBatchMessage(tx, workspaceId, batchId, { side, personId, messageId: await tell(tx, message) });
  };
  for (const personId of new Set([...receivers, ...senders])) {
    const old = has('concerned', personId);
    if (old !== undefined && !receivers.has(personId)) continue;
    if (old !== undefined) await rewrite(tx, old.messageId, seeBelow);
    await send('concerned', personId, `batch:${batchId}:${personId}:${newest}`);
  }
  if (has('author', batch.by.id) === undefined) await send('author', batch.by.id, `batch:${batchId}:author`);
  for (const { side, personId, messageId } of await listBatchMessages(tx, batchId))
    await rewrite(tx, messageId, contentFor(batch, moves, side, personId));
}

const seeBelow = said('There is more for you by now: see the newer message below.');

function contentFor(batch: Batch, moves: readonly Move[], side: Side, personId: number): Content {
  return side === 'author' ? authorBlocks(batch, moves) : concernedBlocks(batch, moves, { id: personId });
}

/** Tells whoever offered a batch what was left out of it, and why. */
export async function tellLeftOut(
  tx: Tx,
  workspaceId: string,
  batchId: number,
  personId: number,
  leftOut: readonly LeftOut[],
  at: Temporal.Instant,
): Promise<void> {
  if (leftOut.length === 0) return;
  const content = leftOutBlocks(leftOut);
  const message = {
    workspaceId,
    dedupeKey: `batch:${batchId}:left-out:${at.epochMilliseconds}`,
    to: { personId },
    content,
    dueAt: at,
  };
  await tell(tx, { ...message, isAnswer: true });
}
