import type { Temporal } from 'temporal-polyfill';
import { endByHand } from '../../cadence/closing.ts';
import type { Ending } from '../../cadence/ritual.ts';
import { markHomes } from '../../delivery/homes.ts';
import { tell, tellAll } from '../../delivery/outbox.ts';
import { accepted, type Result } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { unsay } from '../daily/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { listUnanswered } from './answer-store.ts';
import { type ClosedFor, type Minutes, minutesOf } from './core/minutes.ts';
import { closesAfter, type Review } from './core/review.ts';
import { askedKey, nudgeKey } from './keys.ts';
import { listLines } from './line-store.ts';
import { minutesForChannel, minutesMessages } from './minutes-blocks.ts';
import { gone } from './minutes-operations.ts';
import { listTookPart } from './part-store.ts';
import { parentOf, showAgenda } from './showing.ts';
import { findCloseAfter, findReview, lockReview, saveEnded } from './store.ts';

/** Closes a review because somebody says so: its minutes stand in the thread and in the channel. Once, however many press. */
export async function closeReview(
  db: Database,
  workspaceId: string,
  actor: Actor,
  occurrenceId: number,
): Promise<Result<{ review: Review; minutes: Minutes; isNew: boolean }>> {
  return await inTransaction(
    db,
    async (tx) => {
      const at = await companyNow(tx, workspaceId);
      // The planner locks the occurrence first, too.
      const isOpen = await endByHand(tx, workspaceId, occurrenceId, at);
      const review = await lockReview(tx, workspaceId, occurrenceId);
      if (review === undefined) return gone;
      if (review.minutes !== null) return accepted({ review, minutes: review.minutes, isNew: false });
      if (!isOpen) return gone;
      const doer = { kind: 'person', personId: actor.id } as const;
      const minutes = await end(tx, { workspaceId, occurrenceId, at, doer, closedFor: null });
      return accepted({ review, minutes, isNew: true });
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Ends reviews whose time is over, or whose next one begins, in the transaction that ends their occurrences. */
export async function endReviews(
  tx: Tx,
  workspaceId: string,
  occurrenceIds: readonly number[],
  why: Ending,
): Promise<void> {
  const at = await companyNow(tx, workspaceId);
  for (const occurrenceId of [...occurrenceIds].sort((a, b) => a - b)) {
    const review = await lockReview(tx, workspaceId, occurrenceId);
    if (review === undefined || review.endedAt !== null) continue;
    const closedFor = why === 'newer' ? why : await closesFor(tx, review.cadenceId);
    await end(tx, { workspaceId, occurrenceId, at, doer: { kind: 'clock' }, closedFor });
  }
}

/** Why a review closes by itself at which nobody closes it, by what its cadence says. */
export async function closesFor(db: Database, cadenceId: number): Promise<ClosedFor> {
  const closeAfter = await findCloseAfter(db, cadenceId);
  return closeAfter === null || closeAfter === closesAfter ? 'two-days' : 'over';
}

async function end(
  tx: Tx,
  ended: {
    workspaceId: string;
    occurrenceId: number;
    at: Temporal.Instant;
    doer: Doer;
    closedFor: ClosedFor | null;
  },
): Promise<Minutes> {
  const { workspaceId, occurrenceId, at, doer, closedFor } = ended;
  const lines = await listLines(tx, workspaceId, occurrenceId);
  const minutes = minutesOf(lines, closedFor);
  const byId = doer.kind === 'person' ? doer.personId : null;
  await saveEnded(tx, occurrenceId, { at, byId, minutes });
  const review = await findReview(tx, workspaceId, occurrenceId);
  if (review === undefined) throw new Error(`the review ${occurrenceId} was ended and is not there`);
  const silent = await listUnanswered(tx, [occurrenceId]);
  const keys = silent.flatMap(({ personId }) => [
    askedKey(occurrenceId, personId),
    nudgeKey(occurrenceId, personId),
  ]);
  await unsay(tx, workspaceId, keys, `${review.name} is closed. The next one asks again.`);
  await showAgenda(tx, workspaceId, review);
  await tellMinutes(tx, workspaceId, review, minutes, at);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type: 'review.ended',
    subject: { kind: 'occurrence', id: occurrenceId },
    after: {
      decisions: minutes.decided.length,
      actions: minutes.actions.length,
      deferred: minutes.deferred.length,
      untouched: minutes.untouched.length,
    },
  });
  await markHomes(tx, workspaceId, await listTookPart(tx, occurrenceId));
  return minutes;
}

async function tellMinutes(
  tx: Tx,
  workspaceId: string,
  review: Review,
  minutes: Minutes,
  at: Temporal.Instant,
): Promise<void> {
  const { occurrenceId, channel } = review;
  const threadOf = await parentOf(tx, occurrenceId);
  const to = { channelId: channel.id };
  await tellAll(
    tx,
    minutesMessages(review, minutes).map((content, index) => ({
      workspaceId,
      dedupeKey: `review-minutes:${occurrenceId}:${index + 1}`,
      to,
      threadOf,
      content,
      dueAt: at,
      isAnswer: true,
    })),
  );
  await tell(tx, {
    workspaceId,
    dedupeKey: `review-minutes:${occurrenceId}`,
    to,
    content: minutesForChannel(review, minutes),
    dueAt: at,
    isAnswer: true,
  });
}
