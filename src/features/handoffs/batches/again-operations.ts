import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { lockOwnership } from '../../ownership/operations.ts';
import type { Actor } from '../../people/core/person.ts';
import type { Handoff } from '../core/handoff.ts';
import { insertDraft, kindOfDraft, releaseDraft } from '../draft-operations.ts';
import { findHandoff } from '../store.ts';
import { isReofferable, type Move } from './core/batch.ts';
import { tellBatch } from './drawing-operations.ts';
import { latestOfEach } from './message-blocks.ts';
import { findBatch, listMoves, lockBatch } from './store.ts';

/** A handoff of a batch that is over without its rock having moved, for whoever offered it. Refuses any other. */
export async function readReofferable(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Move & { batchId: number; handoff: Handoff }>> {
  const handoff = await findHandoff(db, workspaceId, handoffId);
  const batchId = handoff?.batchId ?? null;
  const batch = batchId === null ? undefined : await findBatch(db, workspaceId, batchId);
  if (handoff === undefined || batch?.state !== 'released') return gone;
  if (batch.by.id !== actor.id)
    return refused('not-yours', 'Only who offered it can offer it to somebody else.');
  const moves = latestOfEach(await listMoves(db, workspaceId, batch.id));
  const move = moves.find((it) => it.handoffId === handoffId);
  if (move === undefined)
    return refused('already-again', `*${inline(handoff.title)}* is offered to somebody else already.`);
  if (isReofferable(move)) return accepted({ ...move, batchId: batch.id, handoff });
  return refused(
    'moved-on',
    `*${inline(handoff.title)}* has moved on meanwhile, so it is not yours to offer here.`,
  );
}

/**
 * Offers a rock of a batch to somebody else, with the same words, after it was declined, taken back or not answered. It
 * stays in the batch: the message that says how all stand goes on with it. Of two presses at once one has an effect.
 */
export async function offerAgain(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  toId: number,
): Promise<Result<Handoff>> {
  const known = await findHandoff(db, workspaceId, handoffId);
  const { rock, batchId } = known ?? { rock: null, batchId: null };
  if (rock === null || batchId === null) return gone;
  return await inTransaction(
    db,
    async (tx) => {
      await lockOwnership(tx, workspaceId, rock.id);
      await lockBatch(tx, workspaceId, batchId);
      const former = await readReofferable(tx, workspaceId, actor, handoffId);
      if (!former.ok) return former;
      const { handoff, from } = former.value;
      const at = await companyNow(tx, workspaceId);
      const drafted = await insertDraft(tx, {
        workspaceId,
        kind: kindOfDraft(actor, { owner: from }),
        rockId: rock.id,
        fromId: from?.id ?? null,
        toId,
        byId: actor.id,
        batchId,
        words: handoff.words,
        reason: handoff.reason,
      });
      if (!drafted.ok) return drafted;
      const offered = await releaseDraft(tx, workspaceId, actor, drafted.value, at);
      if (!offered.ok) throw new Refused(offered);
      await tellBatch(tx, workspaceId, batchId, [offered.value.id], at);
      return offered;
    },
    { timeoutMs: submissionTimeoutMs },
  ).catch((error: unknown) => {
    // Thrown, so that a draft that could not be offered is rolled back.
    if (error instanceof Refused) return error.refusal;
    throw error;
  });
}

class Refused extends Error {
  readonly refusal: Extract<Result<never>, { ok: false }>;
  constructor(refusal: Extract<Result<never>, { ok: false }>) {
    super(refusal.words);
    this.refusal = refusal;
  }
}

const gone = refused('gone', 'That handoff is not there any more.');
