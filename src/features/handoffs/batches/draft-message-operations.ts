import type { Temporal } from 'temporal-polyfill';
import { rewrite, tell } from '../../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import type { PersonRef } from '../../ownership/core/rock.ts';
import type { Actor } from '../../people/core/person.ts';
import type { Batch, Move } from './core/batch.ts';
import { draftBlocks, supersededBlocks } from './draft-blocks.ts';
import { readShifts } from './planning-operations.ts';
import { findBatch, listBatchMessages, listMoves, lockBatch, saveBatchMessage } from './store.ts';

/** A draft as its author sees it now: every move, and the loads before and after. */
export async function draftContent(
  db: Database,
  workspaceId: string,
  actor: Actor,
  batch: Batch,
  page = 1,
): Promise<Content> {
  const moves = await movesOf(db, workspaceId, batch);
  const people = new Map<number, PersonRef>();
  for (const { from, to } of moves) {
    if (from !== null) people.set(from.id, from);
    people.set(to.id, to);
  }
  const shifts = await readShifts(
    db,
    workspaceId,
    actor,
    moves.map(({ rock, from, to }) => ({ weight: rock.weight, fromId: from?.id ?? null, toId: to.id })),
  );
  const named = shifts.flatMap((shift) => {
    const person = people.get(shift.personId);
    return person === undefined ? [] : [{ ...shift, person }];
  });
  return draftBlocks(batch, moves, named, page);
}

/** What is still in a draft: what was taken out again is over. */
export async function movesOf(db: Database, workspaceId: string, batch: Batch): Promise<Move[]> {
  const moves = await listMoves(db, workspaceId, batch.id);
  return batch.state === 'draft' ? moves.filter(({ state }) => state === 'draft') : moves;
}

/** Lets the message of a draft show what is in it now. */
export async function redrawDraft(tx: Tx, workspaceId: string, actor: Actor, batchId: number): Promise<void> {
  const batch = await getBatch(tx, workspaceId, batchId);
  const content = await draftContent(tx, workspaceId, actor, batch);
  for (const { side, messageId } of await listBatchMessages(tx, batchId))
    if (side === 'author') await rewrite(tx, messageId, content);
}

/** Sends the message of a draft, in place of one that was sent before. */
export async function sendDraft(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  batchId: number,
  at: Temporal.Instant,
): Promise<void> {
  const batch = await getBatch(tx, workspaceId, batchId);
  const old = (await listBatchMessages(tx, batchId)).find(({ side }) => side === 'author');
  const messageId = await tell(tx, {
    workspaceId,
    dedupeKey: `batch:${batchId}:draft:${old?.messageId ?? 'first'}`,
    to: { personId: actor.id },
    content: await draftContent(tx, workspaceId, actor, batch),
    dueAt: at,
    isAnswer: true,
  });
  if (old !== undefined && old.messageId !== messageId)
    await rewrite(tx, old.messageId, supersededBlocks(batch));
  await saveBatchMessage(tx, workspaceId, batchId, { side: 'author', personId: actor.id, messageId });
}

/**
 * The draft that an actor prepares, locked. For anybody but its author there is none: nobody learns what is being
 * prepared, other admins neither.
 */
export async function lockOwnDraft(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  batchId: number,
): Promise<Result<Batch>> {
  return draftOf(await lockBatch(tx, workspaceId, batchId), actor);
}

/** The same, without a lock. */
export async function findOwnDraft(
  db: Database,
  workspaceId: string,
  actor: Actor,
  batchId: number,
): Promise<Result<Batch>> {
  return draftOf(await findBatch(db, workspaceId, batchId), actor);
}

function draftOf(batch: Batch | undefined, actor: Actor): Result<Batch> {
  if (batch === undefined || batch.by.id !== actor.id || batch.kind !== 'reorganisation') return gone;
  if (batch.state === 'released')
    return refused('released', 'You have released it already. Its message says how all stand.');
  return batch.state === 'dropped' ? refused('dropped', 'You have dropped it already.') : accepted(batch);
}

async function getBatch(db: Database, workspaceId: string, batchId: number): Promise<Batch> {
  const batch = await findBatch(db, workspaceId, batchId);
  if (batch === undefined) throw new Error(`batch ${batchId} is not there`);
  return batch;
}

const gone = refused('gone', 'That reorganisation is not there. `/handoff reorg` shows what you prepare.');
