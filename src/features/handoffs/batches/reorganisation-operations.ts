import type { Temporal } from 'temporal-polyfill';
import { rewrite } from '../../../delivery/outbox.ts';
import { may, rolesInWorkspace } from '../../../permission/permissions.ts';
import { accepted, type Result } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import { lockRocks } from '../../ownership/locking.ts';
import type { Actor } from '../../people/core/person.ts';
import { noWords } from '../core/handoff.ts';
import { dropDraft, insertDraft, kindOfDraft, releaseDraft } from '../draft-operations.ts';
import { nothingMoves } from './bulk-operations.ts';
import type { Batch } from './core/batch.ts';
import type { Choice } from './core/spread.ts';
import { droppedBlocks } from './draft-blocks.ts';
import { findOwnDraft, lockOwnDraft, movesOf, redrawDraft, sendDraft } from './draft-message-operations.ts';
import { tellBatch, tellLeftOut } from './drawing-operations.ts';
import type { LeftOut } from './message-blocks.ts';
import { readPlan, readReceivers, reorganisationRefusal, type Source } from './planning-operations.ts';
import {
  insertBatch,
  leaveBatch,
  listBatchMessages,
  listDrafts,
  listMoves,
  saveBatchState,
  saveWordsOfDrafts,
} from './store.ts';

/** Begins a draft; it is shown to its author alone, in their direct messages. For admins. */
export async function beginReorganisation(
  db: Database,
  workspaceId: string,
  actor: Actor,
  title: string,
): Promise<Result<number>> {
  return await change(db, actor, async (tx) => {
    const at = await companyNow(tx, workspaceId);
    const batch = { workspaceId, kind: 'reorganisation', title, byId: actor.id, fromId: null, at } as const;
    const batchId = await insertBatch(tx, batch);
    await record(tx, workspaceId, actor, at, 'batch.begun', batchId, { title });
    await sendDraft(tx, workspaceId, actor, batchId, at);
    return accepted(batchId);
  });
}

/** What the actor prepares, with how many moves each has. */
export async function listReorganisations(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Result<(Batch & { moves: number })[]>> {
  if (!mayPrepare(actor)) return reorganisationRefusal;
  const drafts = await listDrafts(db, workspaceId, actor.id);
  const counted: (Batch & { moves: number })[] = [];
  for (const draft of drafts)
    counted.push({ ...draft, moves: (await movesOf(db, workspaceId, draft)).length });
  return accepted(counted);
}

/** Sends the draft's message anew, so that it is the newest. */
export async function showReorganisation(
  db: Database,
  workspaceId: string,
  actor: Actor,
  batchId: number,
): Promise<Result<Batch>> {
  return await change(db, actor, async (tx) => {
    const batch = await lockOwnDraft(tx, workspaceId, actor, batchId);
    if (batch.ok) await sendDraft(tx, workspaceId, actor, batchId, await companyNow(tx, workspaceId));
    return batch;
  });
}

/** A draft of the actor's as it is now, with its moves. */
export async function readReorganisation(db: Database, workspaceId: string, actor: Actor, batchId: number) {
  if (!mayPrepare(actor)) return reorganisationRefusal;
  const batch = await findOwnDraft(db, workspaceId, actor, batchId);
  if (!batch.ok) return batch;
  return accepted({ batch: batch.value, moves: await movesOf(db, workspaceId, batch.value) });
}

/** Adds what was chosen; a rock that is in the draft already goes to whom it was chosen for last. */
export async function addMoves(
  db: Database,
  workspaceId: string,
  actor: Actor,
  batchId: number,
  source: Source,
  choice: Choice,
): Promise<Result<Batch>> {
  if (choice.size === 0) return nothingMoves;
  return await change(db, actor, async (tx) => {
    await lockRocks(tx, workspaceId, choice.keys());
    const batch = await lockOwnDraft(tx, workspaceId, actor, batchId);
    if (!batch.ok) return batch;
    const plan = await readPlan(tx, workspaceId, actor, source);
    if (!plan.ok) return plan;
    const receivers = await readReceivers(tx, workspaceId, actor, plan.value, [...new Set(choice.values())]);
    if (!receivers.ok) return receivers;
    const at = await companyNow(tx, workspaceId);
    const known = await movesOf(tx, workspaceId, batch.value);
    for (const [rockId, toId] of choice) {
      const rock = plan.value.rocks.find(({ id }) => id === rockId);
      if (rock === undefined || rock.owner?.id === toId) continue;
      for (const move of known.filter((it) => it.rock.id === rockId))
        await forget(tx, workspaceId, actor, move.handoffId, at);
      const draft = {
        workspaceId,
        kind: kindOfDraft(actor, rock),
        rockId,
        fromId: rock.owner?.id ?? null,
        toId,
        byId: actor.id,
        batchId,
        words: null,
        reason: null,
      } as const;
      const drafted = await insertDraft(tx, draft);
      if (!drafted.ok) return drafted;
    }
    await redrawDraft(tx, workspaceId, actor, batchId);
    return batch;
  });
}

/** Takes moves out of a draft again. */
export async function takeOut(
  db: Database,
  workspaceId: string,
  actor: Actor,
  batchId: number,
  handoffIds: readonly number[],
): Promise<Result<Batch>> {
  return await change(db, actor, async (tx) => {
    const batch = await lockWithRocks(tx, workspaceId, actor, batchId);
    if (!batch.ok) return batch;
    const at = await companyNow(tx, workspaceId);
    for (const { handoffId } of await movesOf(tx, workspaceId, batch.value))
      if (handoffIds.includes(handoffId)) await forget(tx, workspaceId, actor, handoffId, at);
    await redrawDraft(tx, workspaceId, actor, batchId);
    return batch;
  });
}

/** Forgets a draft with everything in it. */
export async function dropReorganisation(
  db: Database,
  workspaceId: string,
  actor: Actor,
  batchId: number,
): Promise<Result<Batch>> {
  return await change(db, actor, async (tx) => {
    const batch = await lockWithRocks(tx, workspaceId, actor, batchId);
    if (!batch.ok) return batch;
    const at = await companyNow(tx, workspaceId);
    for (const { handoffId } of await movesOf(tx, workspaceId, batch.value))
      await forget(tx, workspaceId, actor, handoffId, at);
    await saveBatchState(tx, batchId, { state: 'dropped' });
    await record(tx, workspaceId, actor, at, 'batch.dropped', batchId, { title: batch.value.title });
    for (const { messageId } of await listBatchMessages(tx, batchId))
      await rewrite(tx, messageId, droppedBlocks(batch.value));
    return batch;
  });
}

/**
 * Offers everything of a draft at once; everybody concerned gets one message. What moved on since it was added is left
 * out, and its author is told. Refuses a draft in which nothing is left to offer: it stays a draft.
 */
export async function releaseReorganisation(
  db: Database,
  workspaceId: string,
  actor: Actor,
  batchId: number,
  words: { why: string; stands: string | null },
): Promise<Result<Batch>> {
  if (!mayPrepare(actor)) return reorganisationRefusal;
  const work = async (tx: Tx): Promise<Result<Batch>> => {
    const batch = await lockWithRocks(tx, workspaceId, actor, batchId);
    if (!batch.ok) return batch;
    const at = await companyNow(tx, workspaceId);
    await saveWordsOfDrafts(tx, batchId, { ...noWords, whereItStands: words.stands }, words.why);
    const handoffIds: number[] = [];
    const leftOut: LeftOut[] = [];
    const moves = await movesOf(tx, workspaceId, batch.value);
    for (const { handoffId, rock } of moves.toSorted((one, other) => one.rock.id - other.rock.id)) {
      const released = await releaseDraft(tx, workspaceId, actor, handoffId, at);
      if (released.ok) {
        handoffIds.push(handoffId);
        continue;
      }
      await forget(tx, workspaceId, actor, handoffId, at);
      leftOut.push({ name: rock.name, words: released.words });
    }
    if (handoffIds.length === 0) {
      await redrawDraft(tx, workspaceId, actor, batchId);
      await tellLeftOut(tx, workspaceId, batchId, actor.id, leftOut, at);
      return nothingMoves;
    }
    await saveBatchState(tx, batchId, { state: 'released', at });
    await record(tx, workspaceId, actor, at, 'batch.released', batchId, {
      kind: 'reorganisation',
      title: batch.value.title,
      handoffs: handoffIds,
    });
    await tellBatch(tx, workspaceId, batchId, handoffIds, at);
    await tellLeftOut(tx, workspaceId, batchId, actor.id, leftOut, at);
    return batch;
  };
  return await inTransaction(db, work);
}

/** Drops a draft, which then belongs to no batch any more. */
async function forget(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  at: Temporal.Instant,
): Promise<void> {
  await dropDraft(tx, workspaceId, actor, handoffId, at);
  await leaveBatch(tx, handoffId);
}

function mayPrepare(actor: Actor): boolean {
  return may('prepare a reorganisation', rolesInWorkspace(actor));
}

async function change<T>(
  db: Database,
  actor: Actor,
  work: (tx: Tx) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!mayPrepare(actor)) return reorganisationRefusal;
  return await inTransaction(db, work, { timeoutMs: submissionTimeoutMs });
}

/** A draft with all that is in it, locked as every operation locks: its rocks in order of their ids, then the rest. */
async function lockWithRocks(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  batchId: number,
): Promise<Result<Batch>> {
  const moves = await listMoves(tx, workspaceId, batchId);
  await lockRocks(
    tx,
    workspaceId,
    moves.map(({ rock }) => rock.id),
  );
  return await lockOwnDraft(tx, workspaceId, actor, batchId);
}

async function record(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  at: Temporal.Instant,
  type: string,
  batchId: number,
  after: unknown,
): Promise<void> {
  const doer = { kind: 'person', personId: actor.id } as const;
  await recordEvent(tx, { workspaceId, at, doer, type, subject: { kind: 'batch', id: batchId }, after });
}
