import type { Temporal } from 'temporal-polyfill';
import { type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { LeaveReason, SnoozeReason } from '../check-ins/core/leaving.ts';
import type { Left } from '../check-ins/leaving/blocks.ts';
import { leaveCadence } from '../check-ins/leaving/cadence-operations.ts';
import { snoozeParts } from '../check-ins/leaving/snoozing-operations.ts';
import { unsay } from '../daily/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { deleteUnanswered, findAsked } from './answer-store.ts';
import { askedKey, nudgeKey } from './keys.ts';
import { showAgenda } from './showing.ts';
import { findReview, lockOpenReviews, lockReview } from './store.ts';

const notAsked = refused('not-asked', 'These questions were not put to you, or are not there any more.');

/**
 * The cadence of a ritual puts its questions to the actor no more, and asks them to bring nothing. What they have answered
 * stays; in what is open they do not count among those who were asked. Refuses who is not asked, and who has left already.
 */
export async function leaveReview(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { occurrenceId, reason }: { occurrenceId: number; reason: LeaveReason },
): Promise<Result<Left>> {
  return await inTransaction(db, async (tx) => {
    const review = await findReview(tx, workspaceId, occurrenceId);
    const asked = await findAsked(tx, workspaceId, occurrenceId, actor.id);
    if (review === undefined || asked === undefined) return notAsked;
    const { cadenceId } = review;
    return await leaveCadence(tx, workspaceId, actor, { cadenceId, reason }, async () => {
      const keys: string[] = [];
      for (const id of await lockOpenReviews(tx, cadenceId)) {
        const open = await lockReview(tx, workspaceId, id);
        if (open === undefined || open.endedAt !== null) continue;
        if (!(await deleteUnanswered(tx, id, actor.id))) continue;
        await unsay(tx, workspaceId, [nudgeKey(id, actor.id)], 'the person has left the ritual');
        await showAgenda(tx, workspaceId, open);
        keys.push(askedKey(id, actor.id));
      }
      return { thing: 'question', passed: [], unasked: 0, teamIds: [], keys };
    });
  });
}

/** Puts the questions again on the actor's next working day. Refuses who is not asked or has answered, and what has closed by then. */
export async function snoozeReview(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { occurrenceId, reason }: { occurrenceId: number; reason: SnoozeReason },
): Promise<Result<{ until: Temporal.Instant; now: Temporal.Instant }>> {
  return await inTransaction(db, async (tx) => {
    await lockReview(tx, workspaceId, occurrenceId);
    const asked = await findAsked(tx, workspaceId, occurrenceId, actor.id);
    if (asked === undefined) return notAsked;
    if (asked.answers !== null) return refused('answered', 'You have answered already. Thank you.');
    const question = askedKey(occurrenceId, actor.id);
    const nudge = nudgeKey(occurrenceId, actor.id);
    return await snoozeParts(tx, workspaceId, actor, { occurrenceId, reason, question, nudge });
  });
}
