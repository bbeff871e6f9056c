import { rewriteAll } from '../../delivery/outbox.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { agendaBlocks } from './agenda-blocks.ts';
import { countAnswers } from './answer-store.ts';
import type { Line } from './core/line.ts';
import type { Answered, Review } from './core/review.ts';
import { listLines } from './line-store.ts';
import { listPages } from './page-store.ts';

/** Lets the messages of an agenda say how things stand now. The review is locked, so that none says less than another. */
export async function showAgenda(tx: Tx, workspaceId: string, review: Review): Promise<void> {
  const { occurrenceId } = review;
  const all = await listLines(tx, workspaceId, occurrenceId);
  const pages = await listPages(tx, occurrenceId);
  const answered = await countAnswers(tx, occurrenceId);
  await rewriteAll(
    tx,
    pages.map(({ number, messageId }) => ({
      id: messageId,
      content: pageContent(review, all, { number, pages: pages.length, answered }),
    })),
  );
}

/** What one message of an agenda says. */
export function pageContent(
  review: Review,
  all: readonly Line[],
  { number, pages, answered }: { number: number; pages: number; answered: Answered },
) {
  const lines = all.filter(({ page }) => page === number);
  return agendaBlocks(review, { number, pages, lines, all, answered });
}

/** The message in the channel under which all of a review stands. */
export async function parentOf(db: Database, occurrenceId: number): Promise<number> {
  const [first] = await listPages(db, occurrenceId);
  if (first === undefined) throw new Error(`the review ${occurrenceId} has no message`);
  return first.messageId;
}
