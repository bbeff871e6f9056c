import { askAt, remindAt } from '../../cadence/core/asking.ts';
import type { Occurrence, Opened } from '../../cadence/ritual.ts';
import { tell } from '../../delivery/outbox.ts';
import type { Tx } from '../../platform/db/database.ts';
import { type NewPart, sayAll } from '../daily/operations.ts';
import { readWorksOn } from '../people/working-days.ts';
import { askedBlocks, nudgeBlocks } from './answer-blocks.ts';
import { insertAsked, listMembers } from './answer-store.ts';
import { askedKey, nudgeKey } from './keys.ts';
import { insertLines } from './line-store.ts';
import { insertPage } from './page-store.ts';
import { type Agenda, pageOfRitual, readAgenda } from './reading.ts';
import { showAgenda } from './showing.ts';
import { findReview, insertReview, lockOpenReviews } from './store.ts';

/** Begins a review: its agenda stands in the channel, the rest of it in the thread, and questions go to who is asked. */
export async function openReview(tx: Tx, occurrence: Occurrence, ritual: string): Promise<Opened> {
  const { workspaceId, id: occurrenceId } = occurrence;
  const page = await pageOfRitual(tx, workspaceId, ritual);
  if (page === undefined) return { held: false, reason: `the playbook has no page ${ritual} any more` };
  await lockOpenReviews(tx, occurrence.cadenceId);
  const agenda = await readAgenda(tx, occurrence, page);
  const { leftOut, since: looksBackTo, lines } = agenda;
  await insertReview(tx, { workspaceId, occurrenceId, ritual, name: page.name, looksBackTo, leftOut });
  await insertLines(tx, workspaceId, occurrenceId, lines);
  await ask(tx, occurrence, { name: page.name, questions: page.questions });
  await writePages(tx, occurrence, agenda);
  return { held: true };
}

/** Writes the messages of an agenda; the first is the parent of all others. */
async function writePages(tx: Tx, occurrence: Occurrence, { lines }: Agenda): Promise<void> {
  const { workspaceId, id: occurrenceId, channelId, dueAt, plannedAt } = occurrence;
  const review = await findReview(tx, workspaceId, occurrenceId);
  if (review === undefined) throw new Error(`the review ${occurrenceId} was written and is not there`);
  const pages = Math.max(1, ...lines.map(({ page }) => page));
  const empty = { text: review.name, blocks: [] };
  let parent: number | null = null;
  for (let number = 1; number <= pages; number += 1) {
    const messageId: number = await tell(tx, {
      workspaceId,
      dedupeKey: `review:${occurrenceId}:${number}`,
      to: { channelId },
      content: empty,
      dueAt: parent === null ? dueAt : plannedAt,
      ...(parent === null ? {} : { threadOf: parent }),
    });
    await insertPage(tx, { workspaceId, occurrenceId, number, messageId });
    parent ??= messageId;
  }
  await showAgenda(tx, workspaceId, review);
}

/** Asks the members of its teams what a page asks, each at their own time of the day; who is away is left in peace. */
async function ask(
  tx: Tx,
  occurrence: Occurrence,
  { name, questions }: { name: string; questions: readonly string[] },
): Promise<void> {
  if (questions.length === 0) return;
  const { workspaceId, id: occurrenceId, cadenceId, local, plannedAt, closeAt } = occurrence;
  const members = await listMembers(tx, workspaceId, cadenceId);
  const lives = await readWorksOn(
    tx,
    workspaceId,
    members.map(({ id }) => id),
    plannedAt,
  );
  const asked = members.flatMap(({ id }) => {
    const life = lives.get(id);
    return life === undefined || life.awayOn(local.toPlainDate()) ? [] : [{ id, life }];
  });
  const ids = asked.map(({ id }) => id);
  await insertAsked(tx, workspaceId, occurrenceId, ids, plannedAt);
  const review = { occurrenceId, name };
  const expiry = closeAt === null ? {} : { expiresAt: closeAt };
  await sayAll(
    tx,
    asked.flatMap(({ id: personId, life }): NewPart[] => {
      const at = askAt(occurrence, life.timezone, 0);
      const common = { workspaceId, personId, ...expiry };
      const content = askedBlocks(review, questions.length);
      const question = { ...common, key: askedKey(occurrenceId, personId), at, content };
      const againAt = remindAt(occurrence, at, life);
      if (againAt === null) return [question];
      const key = nudgeKey(occurrenceId, personId);
      return [question, { ...common, key, at: againAt, content: nudgeBlocks(review), isNudge: true }];
    }),
  );
}
