import { rewrite, tell } from '../../delivery/outbox.ts';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { resay, unsay } from '../daily/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { answersBlocks, thanksBlocks } from './answer-blocks.ts';
import { findAsked, saveAnswers } from './answer-store.ts';
import type { Review } from './core/review.ts';
import { askedKey, nudgeKey } from './keys.ts';
import { pageOfRitual } from './reading.ts';
import { parentOf, showAgenda } from './showing.ts';
import { findReview, lockReview } from './store.ts';

const notAsked = refused('not-asked', 'These questions were not put to you, or are not there any more.');
const ended = (name: string): Refusal =>
  refused('ended', `${name} is closed, so its questions are too. The next one asks again.`);

/** What somebody is asked, with what they have said already, for the form. */
export async function readQuestions(
  db: Database,
  workspaceId: string,
  actor: Actor,
  occurrenceId: number,
): Promise<Result<{ review: Review; questions: string[]; answers: string[] }>> {
  const review = await findReview(db, workspaceId, occurrenceId);
  const asked = await findAsked(db, workspaceId, occurrenceId, actor.id);
  const page = review === undefined ? undefined : await pageOfRitual(db, workspaceId, review.ritual);
  if (review === undefined || asked === undefined || page === undefined) return notAsked;
  if (review.endedAt !== null) return ended(review.name);
  return accepted({ review, questions: page.questions, answers: asked.answers ?? [] });
}

/** Keeps what somebody says to the questions of a ritual; it stands in the thread, and changing it changes what stands there. */
export async function answerQuestions(
  db: Database,
  workspaceId: string,
  actor: Actor,
  occurrenceId: number,
  answers: readonly string[],
): Promise<Result<Review>> {
  if (answers.every((answer) => answer === ''))
    return { ...refused('empty', 'One of them at least wants a word.'), field: 'answer/0' };
  return await inTransaction(
    db,
    async (tx) => {
      const review = await lockReview(tx, workspaceId, occurrenceId);
      const asked = await findAsked(tx, workspaceId, occurrenceId, actor.id);
      const page = review === undefined ? undefined : await pageOfRitual(tx, workspaceId, review.ritual);
      if (review === undefined || asked === undefined || page === undefined) return notAsked;
      if (review.endedAt !== null) return ended(review.name);
      const at = await companyNow(tx, workspaceId);
      const content = answersBlocks(actor, page.questions, answers);
      const messageId =
        asked.messageId ??
        (await tell(tx, {
          workspaceId,
          dedupeKey: `ritual-answer:${occurrenceId}:${actor.id}`,
          to: { channelId: review.channel.id },
          threadOf: await parentOf(tx, occurrenceId),
          content,
          dueAt: at,
          isAnswer: true,
        }));
      if (asked.messageId !== null) await rewrite(tx, asked.messageId, content);
      await saveAnswers(tx, occurrenceId, actor.id, { answers, at, messageId });
      await resay(tx, workspaceId, askedKey(occurrenceId, actor.id), thanksBlocks(review));
      await unsay(tx, workspaceId, [nudgeKey(occurrenceId, actor.id)], 'answered');
      await showAgenda(tx, workspaceId, review);
      await recordEvent(tx, {
        workspaceId,
        at,
        doer: { kind: 'person', personId: actor.id },
        type: asked.answers === null ? 'review.answered' : 'review.answer-changed',
        subject: { kind: 'occurrence', id: occurrenceId },
      });
      return accepted(review);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}
