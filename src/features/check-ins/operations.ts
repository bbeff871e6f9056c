import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import { cancel, rewrite, tell } from '../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { dateWords } from '../../platform/core/time-words.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvents } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { keyResultsById, type Owed, updateValue } from '../okrs/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { answersBlocks, promptBlocks } from './blocks.ts';
import { showRuns } from './closing-operations.ts';
import { type CheckIn, dayOf, isComplete, type OwedCheckIn, type Prompt, whyAsked } from './core/check-in.ts';
import { lockRun } from './run-store.ts';
import { findOpenPrompt, findPrompt, listAnswers, listOwed, type PromptRow, saveCheckIn } from './store.ts';

/** The person's own prompt, to be answered now. Refuses other people's and closed ones. */
export async function readPrompt(
  db: Database,
  workspaceId: string,
  actor: Actor,
  occurrenceId: number,
): Promise<Result<Prompt>> {
  const row = await findPrompt(db, workspaceId, occurrenceId, actor.id);
  if (row === undefined) return notYours;
  return row.isOpen ? accepted(await promptOf(db, workspaceId, row)) : closed;
}

/** What is open for a person now; undefined when nothing waits. */
export async function findWaiting(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Prompt | undefined> {
  const row = await findOpenPrompt(db, workspaceId, actor.id);
  return row === undefined ? undefined : await promptOf(db, workspaceId, row);
}

/** The open check-ins in which a person still has something to answer, the newest first. */
export async function listOwedCheckIns(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<OwedCheckIn[]> {
  return await listOwed(db, workspaceId, actor.id);
}

/**
 * Keeps a person's answers: values, confidence and words, in the thread and counted in the channel's
 * message, all in one transaction. Answering again before the next check-in replaces what was said.
 */
export async function answerCheckIn(
  db: Database,
  workspaceId: string,
  actor: Actor,
  { occurrenceId, answers }: { occurrenceId: number; answers: (CheckIn & { keyResultId: number })[] },
): Promise<Result<Prompt>> {
  return await inTransaction(
    db,
    async (tx) => {
      const row = await findPrompt(tx, workspaceId, occurrenceId, actor.id);
      if (row === undefined) return notYours;
      const run = await lockRun(tx, occurrenceId);
      if (!run.isOpen) return closed;
      const now = await companyNow(tx, workspaceId);

      const before = await promptOf(tx, workspaceId, row);
      const askedAbout = new Map(before.items.map((item) => [item.keyResult.id, item]));
      // A refusal commits what was written before it, so all are checked first.
      if (answers.some(({ keyResultId }) => !askedAbout.has(keyResultId))) return notYours;
      for (const answer of answers) {
        await saveCheckIn(tx, { ...answer, workspaceId, occurrenceId, personId: actor.id, at: now });
        await updateValue(tx, answer.keyResultId, answer.value);
      }
      await recordEvents(
        tx,
        answers.map(({ keyResultId, ...after }) => ({
          workspaceId,
          at: now,
          doer: { kind: 'person', personId: actor.id },
          type: 'key-result.checked-in',
          subject: { kind: 'key-result', id: keyResultId },
          before: { value: askedAbout.get(keyResultId)?.keyResult.current ?? null },
          after,
        })),
      );
      await markHomes(tx, workspaceId, [actor.id]);
      const prompt = await promptOf(tx, workspaceId, row);
      await tellOfAnswers(tx, workspaceId, prompt, row, run, now);
      // Who has answered all is not reminded, however far the reminder has got.
      if (row.nudgeMessageId !== null && isComplete(prompt.items)) {
        await cancel(tx, row.nudgeMessageId, 'answered already');
      }
      return accepted(prompt);
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

async function tellOfAnswers(
  tx: Tx,
  workspaceId: string,
  prompt: Prompt,
  row: PromptRow,
  run: { messageId: number },
  now: Temporal.Instant,
): Promise<void> {
  const content = answersBlocks(prompt);
  const replyId = await tell(tx, {
    workspaceId,
    dedupeKey: `check-in-answers:${prompt.occurrenceId}:${prompt.person.id}`,
    to: { channelId: row.channelId },
    threadOf: run.messageId,
    content,
    dueAt: now,
    isAnswer: true,
  });
  await rewrite(tx, replyId, content);
  await rewrite(tx, prompt.messageId, promptBlocks(prompt, dateWords(dayOf(row.occurrenceName))));
  await showRuns(tx, [row.occurrenceId]);
}

const notYours = refused('not-yours', 'This check-in is for somebody else to answer.');
const closed = refused('closed', 'This check-in is over. `/checkin` opens what waits for you.');

/** All that a prompt asks, with what was answered and what was answered before. */
export async function promptOf(db: Database, workspaceId: string, row: PromptRow): Promise<Prompt> {
  const { channelId: _, nudgeMessageId: __, keyResultIds, ...prompt } = row;
  const keyResults = await keyResultsById(db, workspaceId, keyResultIds);
  return { ...prompt, items: await itemsOf(db, row.occurrenceId, row.person.id, keyResults) };
}

async function itemsOf(
  db: Database,
  occurrenceId: number,
  personId: number,
  keyResults: Owed[],
): Promise<Prompt['items']> {
  const ids = keyResults.map((keyResult) => keyResult.id);
  const rows = new Map((await listAnswers(db, occurrenceId, ids)).map((row) => [row.keyResultId, row]));
  return keyResults.map((keyResult) => ({
    keyResult,
    why: whyAsked(keyResult, personId),
    answer: rows.get(keyResult.id)?.answer ?? null,
    previous: rows.get(keyResult.id)?.previous ?? null,
  }));
}
