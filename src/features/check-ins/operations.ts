import type { Temporal } from 'temporal-polyfill';
import { accepted, type Refusal, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { keyResultsById } from '../okrs/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { keepAnswers, tellOfAnswers, tellOfDoubts } from './answering.ts';
import type { Why } from './answering-blocks.ts';
import { addTime } from './asked-store.ts';
import { answeredBy, type GivenFor, isComplete, type OwedCheckIn, type Prompt } from './core/check-in.ts';
import { type Lacking, lackingIn, repeated } from './core/questions.ts';
import { promptOf, type RunPrompt } from './reading.ts';
import { holdRun } from './run-store.ts';
import { findPrompt, findWaitingPrompt, listOwed, type PromptRow, readOrigin } from './store.ts';

/** What became of answers: kept, or not, since something lacks that stands beside a field. */
export type Kept =
  | { kind: 'kept'; prompt: Prompt }
  | { kind: 'lacking'; prompt: Prompt; lacking: (Lacking & { keyResultId: number })[] };

/** The person's own prompt, to be answered now, or late. Refuses other people's and those whose next one has begun. */
export async function readPrompt(
  db: Database,
  workspaceId: string,
  actor: Actor,
  occurrenceId: number,
): Promise<Result<Prompt>> {
  const row = await findPrompt(db, workspaceId, occurrenceId, actor.id);
  if (row === undefined) return notYours;
  return row.standing === 'closed' ? closed : accepted(await promptOf(db, workspaceId, row));
}

/** Why the actor is asked in an occurrence. Refuses who is not asked in it. */
export async function readWhy(
  db: Database,
  workspaceId: string,
  actor: Actor,
  occurrenceId: number,
): Promise<Result<Why>> {
  const row = await findPrompt(db, workspaceId, occurrenceId, actor.id);
  if (row === undefined) return notYours;
  const { key, teams, setUpBy } = await readOrigin(db, row.cadenceId);
  return accepted({ prompt: await promptOf(db, workspaceId, row), cadence: key, teams, setUpBy });
}

/** What waits for a person now, or can be changed; undefined when nothing does. */
export async function findWaiting(
  db: Database,
  workspaceId: string,
  actor: Actor,
): Promise<Prompt | undefined> {
  const row = await findWaitingPrompt(db, workspaceId, actor.id);
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
 * Keeps a person's answers: values, confidence and words, in the thread and counted in the channel's message, all in one
 * transaction. After the check-in has closed they count as late; until the next one begins, answering again replaces what
 * was said. What lacks is told, and then nothing is kept. `seconds` is how long the form was open. Refuses what is not theirs to answer, and what is over.
 */
export async function answerCheckIn(
  db: Database,
  workspaceId: string,
  actor: Actor,
  given: { occurrenceId: number; answers: readonly GivenFor[]; seconds?: number | null },
): Promise<Result<Kept>> {
  return await inTransaction(
    db,
    async (tx) => {
      const { occurrenceId, answers, seconds = null } = given;
      const held = await hold(tx, workspaceId, actor, occurrenceId);
      if (!held.ok) return held;
      const kept = await keep(tx, { workspaceId, actor, ...held.value }, answers);
      if (kept.ok && kept.value.kind === 'kept' && seconds !== null)
        await addTime(tx, workspaceId, { occurrenceId, personId: actor.id, seconds });
      return kept;
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/**
 * The person has nothing new to say: what is not answered yet is answered as the last time. What was never answered, or
 * needs words, is given back as lacking, and nothing is kept.
 */
export async function answerNoChange(
  db: Database,
  workspaceId: string,
  actor: Actor,
  occurrenceId: number,
): Promise<Result<Kept>> {
  return await inTransaction(db, async (tx) => {
    const held = await hold(tx, workspaceId, actor, occurrenceId);
    if (!held.ok) return held;
    const { prompt } = held.value;
    if (isComplete(prompt.items)) return accepted({ kind: 'kept', prompt });
    const open = prompt.items.filter(({ answer }) => answer === null);
    const answers = open.flatMap((item): GivenFor[] => {
      const answer = repeated(item);
      return answer === null ? [] : [{ ...answer, keyResultId: item.keyResult.id }];
    });
    if (answers.length < open.length) return accepted({ kind: 'lacking', prompt, lacking: [] });
    return await keep(tx, { workspaceId, actor, ...held.value }, answers);
  });
}

type Held = { row: PromptRow; prompt: RunPrompt; run: { messageId: number } };

/**
 * Holds the check-in as it is, and reads what it asks the person. Answers of several people go side by side, and wait for
 * each other only where the channel's message counts them.
 */
async function hold(tx: Tx, workspaceId: string, actor: Actor, occurrenceId: number): Promise<Result<Held>> {
  const run = await holdRun(tx, occurrenceId);
  const row = await findPrompt(tx, workspaceId, occurrenceId, actor.id);
  if (run === undefined || row === undefined) return notYours;
  if (row.standing === 'closed') return closed;
  return accepted({ row, run, prompt: await promptOf(tx, workspaceId, row) });
}

async function keep(
  tx: Tx,
  { workspaceId, actor, row, run, prompt }: Held & { workspaceId: string; actor: Actor },
  answers: readonly GivenFor[],
): Promise<Result<Kept>> {
  const at = await companyNow(tx, workspaceId);
  const asked = new Set(prompt.items.map(({ keyResult }) => keyResult.id));
  // A refusal commits what was written before it, so all are checked first.
  const answered = new Set(answers.map(({ keyResultId }) => keyResultId));
  const over = prompt.items.find(({ keyResult }) => answered.has(keyResult.id) && isOver(keyResult));
  if (over !== undefined) return ended(over.keyResult.cycleKey, over.keyResult.cycleState);
  const others = [...answered].filter((id) => !asked.has(id));
  if (others.length > 0) return await notAsked(tx, workspaceId, actor, others);
  const today = dayIn(at, actor.timezone);
  const lacking = lackingIn(prompt.items, answers, today);
  if (lacking.length > 0) return accepted({ kind: 'lacking', prompt, lacking });
  await keepAnswers(tx, { workspaceId, actor, prompt, answers, at });
  await tellOfDoubts(tx, workspaceId, actor, prompt, answers, at);
  const after = { ...prompt, items: answeredBy(prompt.items, answers) };
  await tellOfAnswers(tx, {
    workspaceId,
    prompt: after,
    run: { messageId: run.messageId, channelId: row.channelId },
    at,
  });
  return accepted({ kind: 'kept', prompt: after });
}

/** A modal may be open while what it asks is ended: whoever owns that, or stands in for it, reads why it is refused. */
export async function notAsked(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  keyResultIds: readonly number[],
): Promise<Refusal> {
  const own = (await keyResultsById(tx, workspaceId, keyResultIds)).filter(
    ({ owner, backupId }) => owner?.id === actor.id || backupId === actor.id,
  );
  const over = own.find(isOver);
  if (over !== undefined) return ended(over.cycleKey, over.cycleState);
  const past = own.find(({ state }) => state !== 'active');
  return past === undefined ? notYours : notAskedAnyMore(past.title);
}

function isOver({ cycleState }: { cycleState: string }): boolean {
  return cycleState !== 'active';
}

function ended(cycleKey: string, state: string): Refusal {
  return state === 'closed'
    ? refused('cycle-closed', `${cycleKey} is closed. Nothing in it changes any more.`)
    : refused('cycle-grading', `${cycleKey} is being graded, so its check-ins are over.`);
}

function notAskedAnyMore(title: string): Refusal {
  return refused(
    'not-asked',
    `${inline(title)} is not asked about any more. \`/checkin\` opens what waits for you.`,
  );
}

function dayIn(at: Temporal.Instant, zone: string): Temporal.PlainDate {
  return at.toZonedDateTimeISO(zone).toPlainDate();
}

export const notYours = refused('not-yours', 'This check-in is for somebody else to answer.');
const closed = refused('closed', 'This check-in is over. `/checkin` opens what waits for you.');
