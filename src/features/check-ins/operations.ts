import type { Temporal } from 'temporal-polyfill';
import type { Occurrence, Ritual } from '../../cadence/ritual.ts';
import { markHomes } from '../../delivery/homes.ts';
import { cancel, rewrite, tell } from '../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { dateWords } from '../../platform/core/time-words.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvents } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { keyResultsById, keyResultsOfCadence, type Owed, updateValue } from '../okrs/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { answersBlocks, promptBlocks, runBlocks } from './blocks.ts';
import {
  type CheckIn,
  dayOf,
  type OwedCheckIn,
  type Prompt,
  type PromptItem,
  promptAt,
} from './core/check-in.ts';
import {
  countRun,
  findOpenPrompt,
  findPrompt,
  insertPrompt,
  insertRun,
  listAnswers,
  listOwed,
  listPromptMessages,
  listReachable,
  lockRun,
  type PromptRow,
  saveCheckIn,
} from './store.ts';

/** The weekly question: one message in the channel, a direct message to each owner of a key result. */
export const okrCheckIn: Ritual = {
  key: 'okr-check-in',
  name: 'OKR check-in',
  open: openRun,
  close: closeRuns,
};

async function openRun(tx: Tx, occurrence: Occurrence): ReturnType<Ritual['open']> {
  const { workspaceId, id: occurrenceId } = occurrence;
  const day = occurrence.local.toPlainDate();
  const owed = await keyResultsOfCadence(tx, workspaceId, occurrence.cadenceId, {
    cycle: occurrence.cycle,
    on: day,
  });
  if (owed.length === 0) return { held: false, reason: 'no key results to ask about in this cycle' };

  const people = await whoAnswers(tx, workspaceId, owed);
  const unasked =
    owed.length - [...people.values()].reduce((sum, person) => sum + person.keyResults.length, 0);
  const messageId = await tell(tx, {
    workspaceId,
    dedupeKey: `check-in-run:${occurrenceId}`,
    to: { channelId: occurrence.channelId },
    content: runBlocks(dateWords(day), { asked: people.size, in: 0 }, unasked),
    dueAt: occurrence.dueAt,
  });
  await insertRun(tx, { workspaceId, occurrenceId, messageId, unasked });
  for (const [personId, asked] of people) await ask(tx, occurrence, personId, asked);
  await markHomes(tx, workspaceId, [...people.keys()]);
  return { held: true };
}

/** Whoever was not asked yet is not asked any more: the newer run asks them. */
async function closeRuns(tx: Tx, workspaceId: string, occurrenceIds: number[]): Promise<void> {
  const asked = await listPromptMessages(tx, workspaceId, occurrenceIds);
  for (const { messageId } of asked) await cancel(tx, messageId, 'a newer check-in has begun');
  await markHomes(
    tx,
    workspaceId,
    asked.map(({ personId }) => personId),
  );
}

type Asked = { timezone: string; keyResults: Owed[] };

/** Each key result's owner, or the backup where the owner cannot be reached in Slack. */
async function whoAnswers(tx: Tx, workspaceId: string, owed: Owed[]): Promise<Map<number, Asked>> {
  const ids = owed
    .flatMap((keyResult) => [keyResult.owner?.id ?? null, keyResult.backupId])
    .filter((id) => id !== null);
  const reachable = new Map((await listReachable(tx, workspaceId, ids)).map((person) => [person.id, person]));
  const people = new Map<number, Asked>();
  for (const keyResult of owed) {
    const person = reachable.get(keyResult.owner?.id ?? 0) ?? reachable.get(keyResult.backupId ?? 0);
    if (person === undefined) continue;
    const known = people.get(person.id) ?? { timezone: person.timezone, keyResults: [] };
    known.keyResults.push(keyResult);
    people.set(person.id, known);
  }
  return people;
}

async function ask(tx: Tx, occurrence: Occurrence, personId: number, asked: Asked): Promise<void> {
  const { workspaceId, id: occurrenceId } = occurrence;
  const day = dateWords(occurrence.local.toPlainDate());
  const items = await itemsOf(tx, occurrenceId, personId, asked.keyResults);
  const messageId = await tell(tx, {
    workspaceId,
    dedupeKey: `check-in-prompt:${occurrenceId}:${personId}`,
    to: { personId },
    content: promptBlocks({ occurrenceId, items }, day),
    dueAt: promptAt(occurrence, asked.timezone),
  });
  const keyResultIds = asked.keyResults.map((keyResult) => keyResult.id);
  await insertPrompt(tx, { workspaceId, occurrenceId, personId, messageId, keyResultIds });
}

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
  run: { messageId: number; unasked: number },
  now: Temporal.Instant,
): Promise<void> {
  const day = dateWords(dayOf(row.occurrenceName));
  const content = answersBlocks(prompt);
  const replyId = await tell(tx, {
    workspaceId,
    dedupeKey: `check-in-answers:${prompt.occurrenceId}:${prompt.person.id}`,
    to: { channelId: row.channelId },
    threadOf: run.messageId,
    content,
    dueAt: now,
  });
  await rewrite(tx, replyId, content);
  await rewrite(tx, prompt.messageId, promptBlocks(prompt, day));
  const tally = await countRun(tx, row.occurrenceId);
  await rewrite(tx, run.messageId, runBlocks(day, tally, run.unasked));
}

const notYours = refused('not-yours', 'This check-in is for somebody else to answer.');
const closed = refused(
  'closed',
  'This check-in is over, a newer one has begun. `/checkin` opens what waits for you.',
);

async function promptOf(db: Database, workspaceId: string, row: PromptRow): Promise<Prompt> {
  const { channelId: _, keyResultIds, ...prompt } = row;
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

function whyAsked({ owner }: Owed, personId: number): PromptItem['why'] {
  return owner?.id === personId ? { as: 'owner' } : { as: 'backup', standsInFor: owner };
}
