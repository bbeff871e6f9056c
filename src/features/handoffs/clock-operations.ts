import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { sayAll } from '../daily/operations.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import { isActor } from '../people/core/person.ts';
import { findPersonById } from '../people/operations.ts';
import { remindOfBatch, tellBatchExpired, tellLeadOfBatch } from './batches/reminding-operations.ts';
import type { Handoff } from './core/handoff.ts';
import { transitionOf, waitsFor } from './core/machine.ts';
import { askFollowUps } from './follow-up-operations.ts';
import { returnByClock } from './loan-operations.ts';
import { advance, lockMoving, type Moving, tellOf } from './moving.ts';
import { expiredBlocks, leadBlocks, reminderBlocks } from './news-blocks.ts';
import { type DueStep, listDueSteps, takeStep } from './step-store.ts';
import { findHandoff } from './store.ts';

/**
 * Does one step that is due; false when another process has done it, or it is not wanted any more. The row is taken off
 * under the locks of rock and handoff, so that whoever moves the handoff at this moment decides.
 */
export async function runStep(db: Database, workspaceId: string, due: DueStep): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    const known = await findHandoff(tx, workspaceId, due.handoffId);
    const moving = known === undefined ? undefined : await lockMoving(tx, workspaceId, known);
    if (moving === undefined || !(await takeStep(tx, due, moving.at))) return false;
    await perform(tx, workspaceId, moving, due);
    return true;
  });
}

/** What is due now, the oldest first. */
export { listDueSteps };

async function perform(tx: Tx, workspaceId: string, moving: Moving, { step }: DueStep): Promise<void> {
  const { handoff } = moving;
  switch (step) {
    case 'remind':
      if (waitsFor(handoff) !== null) await remind(tx, workspaceId, moving);
      return;
    case 'escalate':
      if (waitsFor(handoff) !== null) await tellLead(tx, workspaceId, moving);
      return;
    case 'expire':
      if (can(handoff, 'expire')) await expire(tx, workspaceId, moving);
      return;
    case 'return':
      if (can(handoff, 'return')) await returnByClock(tx, workspaceId, moving);
      return;
    case 'overlap-end':
      if (can(handoff, 'end-overlap')) {
        await advance(tx, workspaceId, { kind: 'clock' }, moving, 'end-overlap', { event: 'completed' });
      }
      return;
    case 'follow-up-7':
      return await askFollowUps(tx, workspaceId, moving, 7);
    case 'follow-up-30':
      return await askFollowUps(tx, workspaceId, moving, 30);
  }
}

function can({ kind, state }: Handoff, step: 'expire' | 'return' | 'end-overlap'): boolean {
  return transitionOf(kind, state, step)?.by.includes('clock') === true;
}

/** In the thread of what waits, to whose answer it waits for. */
async function remind(tx: Tx, workspaceId: string, { handoff, at }: Moving): Promise<void> {
  const { to, sender, state, offerMessageId, senderMessageId, requestMessageId, batchId } = handoff;
  const isOffered = state === 'offered';
  if (batchId !== null && isOffered) return await remindOfBatch(tx, workspaceId, batchId, to.id, at);
  const threadOf = isOffered ? offerMessageId : state === 'asked' ? requestMessageId : senderMessageId;
  const personId = isOffered ? to.id : sender.id;
  await tellOf(
    tx,
    workspaceId,
    `reminder:${at.epochMilliseconds}`,
    handoff.id,
    at,
    { personId },
    reminderBlocks(handoff),
    {
      threadOf,
      isNudge: true,
    },
  );
}

/** That it waits, and not why; a lead who is one of the two knows already. */
async function tellLead(tx: Tx, workspaceId: string, { handoff, rock, at }: Moving): Promise<void> {
  const leadId = rock?.leadId ?? null;
  if (rock === null || leadId === null || leadId === handoff.to.id || leadId === handoff.sender.id) return;
  const lead = await findPersonById(tx, workspaceId, leadId);
  if (!lead.ok || !isActor(lead.value)) return;
  // Only who sees the rock can be told of it.
  if ((await findCard(tx, workspaceId, rock.id, leadId)) === undefined) return;
  if (handoff.batchId !== null && handoff.state === 'offered') {
    return await tellLeadOfBatch(tx, workspaceId, handoff.batchId, leadId, handoff, at);
  }
  await sayAll(tx, [
    {
      workspaceId,
      personId: leadId,
      key: `handoff-waits:${handoff.id}:${at.epochMilliseconds}`,
      at,
      content: leadBlocks(handoff),
      isNudge: true,
    },
  ]);
}

async function expire(tx: Tx, workspaceId: string, moving: Moving): Promise<void> {
  const { handoff, at } = moving;
  const { forReceiver, forSender } = expiredBlocks(handoff);
  const { to, sender, offerMessageId, senderMessageId, requestMessageId } = handoff;
  await advance(tx, workspaceId, { kind: 'clock' }, moving, 'expire', { event: 'expired' });
  if (handoff.batchId !== null) return await tellBatchExpired(tx, workspaceId, handoff.batchId, at);
  const more = { isNudge: true };
  await tellOf(tx, workspaceId, 'expired-to', handoff.id, at, { personId: to.id }, forReceiver, {
    ...more,
    threadOf: offerMessageId,
  });
  await tellOf(tx, workspaceId, 'expired', handoff.id, at, { personId: sender.id }, forSender, {
    ...more,
    threadOf: senderMessageId ?? requestMessageId,
  });
}
