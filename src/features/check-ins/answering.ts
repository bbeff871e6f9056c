import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import type { NewMessage } from '../../delivery/message.ts';
import { rewrite, tell } from '../../delivery/outbox.ts';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvents } from '../../platform/db/events.ts';
import { resay, sayAll, unsayUnsent } from '../daily/operations.ts';
import { takeAnswers } from '../okrs/answer-operations.ts';
import type { Actor } from '../people/core/person.ts';
import { saveCheckIns } from './answer-store.ts';
import { showRuns } from './closing-operations.ts';
import {
  type CheckIn,
  castsDoubt,
  type GivenFor,
  isComplete,
  isSlip,
  type Prompt,
  type PromptItem,
} from './core/check-in.ts';
import { isUnchanged } from './core/questions.ts';
import { saveDoubts } from './doubt-store.ts';
import { nudgeKey, promptKey } from './keys.ts';
import { answersBlocks, nudgeAnsweredBlocks, promptBlocks } from './prompt-blocks.ts';
import type { RunPrompt } from './reading.ts';
import { doubtBlocks } from './run-blocks.ts';
import { lockRun } from './run-store.ts';

/** Keeps answers and what follows from them for key results, in the transaction of who answers. */
export async function keepAnswers(
  tx: Tx,
  given: {
    workspaceId: string;
    actor: Actor;
    prompt: Prompt;
    answers: readonly GivenFor[];
    at: Temporal.Instant;
  },
): Promise<void> {
  const { workspaceId, actor, prompt, answers, at } = given;
  const items = new Map(prompt.items.map((item) => [item.keyResult.id, item]));
  await saveCheckIns(tx, {
    workspaceId,
    occurrenceId: prompt.occurrenceId,
    personId: actor.id,
    at,
    isLate: prompt.standing === 'late',
    answers: answers.map((answer) => {
      const item = items.get(answer.keyResultId);
      return {
        ...answer,
        isSlip: item !== undefined && isSlip(item.keyResult, answer.dueOn),
        isUnchanged: isUnchanged(item?.previous ?? null, answer),
      };
    }),
  });
  await takeAnswers(
    tx,
    answers.map(({ keyResultId, value, confidence, health, words, dueOn }) => ({
      keyResultId,
      value,
      confidence,
      health,
      healthWords: health === null ? null : words,
      dueOn: dueOn?.toString() ?? null,
    })),
    at,
  );
  await recordEvents(
    tx,
    answers.map(({ keyResultId, dueOn, ...after }) => ({
      workspaceId,
      at,
      doer: { kind: 'person', personId: actor.id },
      type: 'key-result.checked-in',
      subject: { kind: 'key-result', id: keyResultId },
      before: { value: items.get(keyResultId)?.keyResult.current ?? null },
      after: { ...after, dueOn: dueOn?.toString() ?? null },
    })),
  );
  await markHomes(tx, workspaceId, [actor.id]);
}

/** Says in the thread, in the person's own message and in the channel's what has just been answered. */
export async function tellOfAnswers(
  tx: Tx,
  given: {
    workspaceId: string;
    /** As it is after the answers. */
    prompt: RunPrompt;
    run: { messageId: number; channelId: number };
    at: Temporal.Instant;
  },
): Promise<void> {
  const { workspaceId, prompt, run, at } = given;
  const reply = threadReply(prompt, { workspaceId, channelId: run.channelId }, run.messageId, at);
  await rewrite(tx, await tell(tx, reply), reply.content);
  const { occurrenceId, person } = prompt;
  await resay(tx, workspaceId, promptKey(occurrenceId, person.id), promptBlocks(prompt));
  if (isComplete(prompt.items)) {
    // Who has answered all is not reminded, however far the reminder has got; nor asked, who answered before they were.
    const nudge = nudgeKey(occurrenceId, person.id);
    await unsayUnsent(tx, workspaceId, [nudge, promptKey(occurrenceId, person.id)], 'answered already');
    await resay(tx, workspaceId, nudge, nudgeAnsweredBlocks(prompt));
  }
  // Whoever counts next sees this answer, and whoever counted before has written it down.
  await lockRun(tx, occurrenceId);
  await showRuns(tx, [occurrenceId]);
}

/** A person's answers as a reply in the thread of the channel's message. */
export function threadReply(
  prompt: RunPrompt,
  { workspaceId, channelId }: { workspaceId: string; channelId: number },
  threadOf: number,
  dueAt: Temporal.Instant,
): NewMessage {
  return {
    workspaceId,
    dedupeKey: `check-in-answers:${prompt.occurrenceId}:${prompt.person.id}`,
    to: { channelId },
    threadOf,
    content: answersBlocks(prompt, prompt.standing === 'late'),
    dueAt,
    isAnswer: true,
  };
}

/** Tells reviewers early of doubts about committed key results that these answers cast, once a run each. */
export async function tellOfDoubts(
  tx: Tx,
  workspaceId: string,
  actor: Pick<Actor, 'id'>,
  before: RunPrompt,
  answers: readonly (CheckIn & { keyResultId: number })[],
  at: Temporal.Instant,
): Promise<void> {
  const doubts = answers.flatMap((answer) => {
    const item = before.items.find(({ keyResult }) => keyResult.id === answer.keyResultId);
    const reviewerId = item?.keyResult.reviewerId ?? null;
    if (item === undefined || reviewerId === null || reviewerId === actor.id) return [];
    return castsDoubt(item, answer) ? [{ item: { ...item, answer } satisfies PromptItem, reviewerId }] : [];
  });
  if (doubts.length === 0) return;
  const { occurrenceId } = before;
  const fresh = await saveDoubts(
    tx,
    doubts.map(({ item, reviewerId }) => ({
      workspaceId,
      occurrenceId,
      keyResultId: item.keyResult.id,
      reviewerId,
      at,
    })),
  );
  await sayAll(
    tx,
    doubts
      .filter(({ item }) => fresh.includes(item.keyResult.id))
      .map(({ item, reviewerId }) => ({
        workspaceId,
        personId: reviewerId,
        key: `check-in-doubt:${occurrenceId}:${item.keyResult.id}`,
        at,
        content: doubtBlocks(item, before.person),
      })),
  );
}
