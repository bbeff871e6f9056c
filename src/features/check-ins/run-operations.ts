import type { Temporal } from 'temporal-polyfill';
import { askAt } from '../../cadence/core/asking.ts';
import { lateWords } from '../../cadence/core/lateness.ts';
import { spreadSeconds } from '../../cadence/core/spread.ts';
import type { Occurrence, Opened, Ritual } from '../../cadence/ritual.ts';
import type { NewMessage } from '../../delivery/message.ts';
import { tellAll } from '../../delivery/outbox.ts';
import { dateWords } from '../../platform/core/time-words.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Owed } from '../okrs/core/owed.ts';
import { takeEarlyAnswers } from './answer-store.ts';
import { tellOfDoubts, threadReply } from './answering.ts';
import { listAsked } from './asked-store.ts';
import { askAll } from './asking.ts';
import { closeRuns, showRuns } from './closing-operations.ts';
import { dayOf, earliest } from './core/check-in.ts';
import { itemsOf, type RunPrompt } from './reading.ts';
import { rehearseRun } from './rehearsing.ts';
import { runBlocks } from './run-blocks.ts';
import { insertPrompts, insertRuns, listRuns, type Reachable } from './run-store.ts';
import { type Asking, whoAnswers } from './who-answers.ts';

/** The weekly question: one message in the channel, a direct message to each owner of a key result. */
export const okrCheckIn: Ritual = {
  key: 'okr-check-in',
  name: 'OKR check-in',
  open: openRuns,
  close: closeRuns,
  async whom(db, prospect) {
    const [asking] = await whoAnswers(db, [prospect]);
    return { people: asking?.asked.size ?? 0 };
  },
  rehearse: rehearseRun,
  asked: listAsked,
};

async function openRuns(tx: Tx, occurrences: readonly Occurrence[]): Promise<Map<number, Opened>> {
  const opened = new Map<number, Opened>();
  const begun: Asking<Occurrence>[] = [];
  for (const asking of await whoAnswers(tx, occurrences)) {
    const isEmpty = asking.asked.size + asking.away.size + asking.unasked === 0;
    if (!isEmpty) begun.push(asking);
    opened.set(
      asking.occurrence.id,
      isEmpty ? { held: false, reason: 'no key results to ask about in this cycle' } : { held: true },
    );
  }
  await announce(tx, begun);
  await ask(tx, begun);
  return opened;
}

/** The messages in the channels. */
async function announce(tx: Tx, begun: readonly Asking<Occurrence>[]): Promise<void> {
  const messageIds = await tellAll(
    tx,
    begun.map(({ occurrence, asked, away, unasked }): NewMessage => {
      const { workspaceId, id, channelId, name, dueAt, plannedAt, timezone } = occurrence;
      const tally = { asked: asked.size, in: 0, away: away.size, late: 0 };
      const late = lateWords(dueAt, plannedAt, timezone);
      return {
        workspaceId,
        dedupeKey: `check-in-run:${id}`,
        to: { channelId },
        content: runBlocks(dateWords(dayOf(name)), tally, { unasked, late, isOver: false }),
        dueAt,
      };
    }),
  );
  await insertRuns(
    tx,
    begun.map(({ occurrence, away, unasked }, index) => ({
      workspaceId: occurrence.workspaceId,
      occurrenceId: occurrence.id,
      messageId: messageIds[index] ?? 0,
      unasked,
      away: away.size,
    })),
  );
}

/** What was answered early counts at once; the rest is asked in people's messages of the day. */
async function ask(tx: Tx, begun: readonly Asking<Occurrence>[]): Promise<void> {
  const prompts = begun.flatMap(promptsOf);
  const [first] = begun;
  if (first === undefined) return;
  await insertPrompts(
    tx,
    prompts.map(({ occurrence, person, askedAt, keyResults }) => ({
      workspaceId: occurrence.workspaceId,
      occurrenceId: occurrence.id,
      personId: person.id,
      askedAt,
      keyResultIds: keyResults.map(({ id }) => id),
    })),
  );
  const taken = await takeEarly(tx, prompts);
  const asked = prompts.flatMap(({ occurrence, person, keyResults }) =>
    keyResults.map((keyResult) => ({ occurrenceId: occurrence.id, personId: person.id, keyResult })),
  );
  const items = Map.groupBy(
    await itemsOf(tx, first.occurrence.workspaceId, asked),
    (_, index) => asked[index]?.occurrenceId,
  );
  const askings = prompts.map(({ occurrence, person, askedAt, keyResults }) => {
    const own = new Set(keyResults.map(({ id }) => id));
    const prompt: RunPrompt = {
      occurrenceId: occurrence.id,
      occurrenceName: occurrence.name,
      standing: 'open',
      person,
      snoozedUntil: null,
      isAway: false,
      items: (items.get(occurrence.id) ?? []).filter(({ keyResult }) => own.has(keyResult.id)),
    };
    return { prompt, person, askedAt, span: occurrence };
  });
  await askAll(tx, askings);
  await tellEarly(
    tx,
    askings.filter(({ prompt }) => prompt.items.some(({ answer }) => answer !== null)),
  );
  if (taken.length > 0) await showRuns(tx, [...new Set(taken)]);
}

async function takeEarly(tx: Tx, prompts: readonly PlannedPrompt[]): Promise<number[]> {
  const [first] = prompts;
  if (first === undefined) return [];
  const asked = prompts.flatMap(({ occurrence, keyResults }) =>
    keyResults.map(({ id }) => ({ occurrenceId: occurrence.id, keyResultId: id })),
  );
  const since = first.occurrence.plannedAt.subtract({ hours: 24 * earliest });
  return (await takeEarlyAnswers(tx, asked, since)).map(({ occurrenceId }) => occurrenceId);
}

/** What was answered early stands in the thread like any other answer, and its doubts are told. */
async function tellEarly(tx: Tx, early: readonly { prompt: RunPrompt; span: Occurrence }[]): Promise<void> {
  if (early.length === 0) return;
  for (const { prompt, span } of early) {
    const answers = prompt.items.flatMap(({ keyResult, answer }) =>
      answer === null ? [] : [{ ...answer, keyResultId: keyResult.id }],
    );
    await tellOfDoubts(tx, span.workspaceId, prompt.person, prompt, answers, span.plannedAt);
  }
  const runs = await listRuns(tx, [...new Set(early.map(({ span }) => span.id))]);
  const messageOf = new Map(runs.map(({ occurrenceId, messageId }) => [occurrenceId, messageId]));
  await tellAll(
    tx,
    early.flatMap(({ prompt, span }) => {
      const threadOf = messageOf.get(span.id);
      return threadOf === undefined ? [] : [threadReply(prompt, span, threadOf, span.dueAt)];
    }),
  );
}

type PlannedPrompt = {
  occurrence: Occurrence;
  person: Reachable;
  askedAt: Temporal.Instant;
  keyResults: Owed[];
};

function promptsOf({ occurrence, asked, people }: Asking<Occurrence>): PlannedPrompt[] {
  const { id: occurrenceId, cadenceId } = occurrence;
  return [...asked].flatMap(([personId, keyResults]) => {
    const person = people.get(personId);
    if (person === undefined) return [];
    const seconds = spreadSeconds({ cadenceId, occurrenceId, personId }, asked.size);
    return [{ occurrence, person, askedAt: askAt(occurrence, person.timezone, seconds), keyResults }];
  });
}
