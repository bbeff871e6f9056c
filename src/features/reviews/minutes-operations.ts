import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database } from '../../platform/db/database.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import type { Line } from './core/line.ts';
import type { Minutes } from './core/minutes.ts';
import type { Review } from './core/review.ts';
import { listLines } from './line-store.ts';
import { findReview } from './store.ts';

export const gone = refused('gone', 'That review is not there any more.');

/** A review that could be closed now, with its lines, before anybody is asked whether it shall be. */
export async function readClosing(
  db: Database,
  workspaceId: string,
  occurrenceId: number,
): Promise<Result<{ review: Review; lines: Line[] }>> {
  const review = await findReview(db, workspaceId, occurrenceId);
  if (review === undefined) return gone;
  if (review.endedAt !== null) return refused('ended', `*${inline(review.name)}* is closed already.`);
  return accepted({ review, lines: await listLines(db, workspaceId, occurrenceId) });
}

/** The minutes of a review that has ended. Everybody may read them who may read its channel; they say what is for everybody. */
export async function readMinutes(
  db: Database,
  workspaceId: string,
  occurrenceId: number,
): Promise<Result<{ review: Review; minutes: Minutes }>> {
  const review = await findReview(db, workspaceId, occurrenceId);
  return review === undefined || review.minutes === null
    ? gone
    : accepted({ review, minutes: review.minutes });
}
