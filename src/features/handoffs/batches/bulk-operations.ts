import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { recordEvent } from '../../../platform/db/events.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { lockRocks } from '../../ownership/locking.ts';
import type { Actor } from '../../people/core/person.ts';
import { type BriefWords, noWords } from '../core/handoff.ts';
import { dropDraft, insertDraft, kindOfDraft, releaseDraft } from '../draft-operations.ts';
import type { Batch } from './core/batch.ts';
import type { Choice, Movable } from './core/spread.ts';
import { tellBatch, tellLeftOut } from './drawing-operations.ts';
import type { LeftOut } from './message-blocks.ts';
import { readPlan, readReceivers } from './planning-operations.ts';
import { findBatch, insertBatch, leaveBatch, saveBatchState } from './store.ts';

export type Bulk = { personId: number; choice: Choice; why: string; stands: string | null };

/**
 * Offers several rocks of one person in one go: each receiver gets one message, whoever offers one that says how all
 * stand. What moved on meanwhile is left out, and they are told. Refuses who has no right to it, a receiver who cannot
 * take anything, and a bulk handoff in which everything stays.
 */
export async function offerBulk(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { personId, choice, why, stands }: Bulk,
): Promise<Result<Batch>> {
  if (choice.size === 0) return nothingMoves;
  const work = async (tx: Tx): Promise<Result<Batch>> => {
    // Locked before anything is read: what the plan says then stays true.
    await lockRocks(tx, workspaceId, choice.keys());
    const plan = await readPlan(tx, workspaceId, actor, { personId });
    if (!plan.ok) return plan;
    const receivers = await readReceivers(tx, workspaceId, actor, plan.value, [...new Set(choice.values())]);
    if (!receivers.ok) return receivers;
    const at = await companyNow(tx, workspaceId);
    const batchId = await insertBatch(tx, {
      workspaceId,
      kind: 'bulk',
      title: null,
      byId: actor.id,
      fromId: personId,
      at,
    });
    const words = { ...noWords, whereItStands: stands };
    const offered = await offerRocks(tx, {
      workspaceId,
      actor,
      batchId,
      rocks: plan.value.rocks,
      choice,
      words,
      why,
      at,
    });
    if (offered.handoffIds.length === 0) throw new NothingOffered(offered.leftOut);
    await saveBatchState(tx, batchId, { state: 'released', at });
    await recordEvent(tx, {
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'batch.released',
      subject: { kind: 'batch', id: batchId },
      after: { kind: 'bulk', from: personId, handoffs: offered.handoffIds },
    });
    await tellBatch(tx, workspaceId, batchId, offered.handoffIds, at);
    await tellLeftOut(tx, workspaceId, batchId, actor.id, offered.leftOut, at);
    const batch = await findBatch(tx, workspaceId, batchId);
    if (batch === undefined) throw new Error(`batch ${batchId} is not there`);
    return accepted(batch);
  };
  return await inTransaction(db, work).catch((error: unknown) => {
    // Thrown, so that the batch without a handoff is rolled back.
    if (!(error instanceof NothingOffered)) throw error;
    return refused('nothing-moves', error.words());
  });
}

/** Drafts and offers what was chosen, one rock after the other in the order of their ids. */
export async function offerRocks(
  tx: Tx,
  given: {
    workspaceId: string;
    actor: Actor;
    batchId: number;
    rocks: readonly Movable[];
    choice: Choice;
    words: BriefWords;
    why: string;
    at: Temporal.Instant;
  },
): Promise<{ handoffIds: number[]; leftOut: LeftOut[] }> {
  const { workspaceId, actor, batchId, rocks, choice, words, why, at } = given;
  const handoffIds: number[] = [];
  const leftOut: LeftOut[] = [];
  for (const [rockId, toId] of [...choice].toSorted(([one], [other]) => one - other)) {
    const rock = rocks.find(({ id }) => id === rockId);
    // What is not in the plan any more has moved on, or is none of the actor's business: its name is not told.
    if (rock === undefined) continue;
    const { name, owner } = rock;
    const drafted = await insertDraft(tx, {
      workspaceId,
      kind: kindOfDraft(actor, rock),
      rockId,
      fromId: owner?.id ?? null,
      toId,
      byId: actor.id,
      batchId,
      words,
      reason: why,
    });
    const released = drafted.ok ? await releaseDraft(tx, workspaceId, actor, drafted.value, at) : drafted;
    if (released.ok) handoffIds.push(released.value.id);
    else leftOut.push({ name, words: released.words });
    if (!drafted.ok || released.ok) continue;
    await dropDraft(tx, workspaceId, actor, drafted.value, at);
    await leaveBatch(tx, drafted.value);
  }
  return { handoffIds, leftOut };
}

class NothingOffered extends Error {
  readonly #leftOut: readonly LeftOut[];
  constructor(leftOut: readonly LeftOut[]) {
    super('no rock of a batch could be offered');
    this.#leftOut = leftOut;
  }
  words(): string {
    const [first] = this.#leftOut;
    return first === undefined ? 'What you chose has moved on meanwhile. Look again.' : first.words;
  }
}

export const nothingMoves = refused(
  'nothing-moves',
  'Every rock stays where it is, so there is nothing to offer. Choose somebody for one of them at least.',
);
