import { tell } from '../../../delivery/outbox.ts';
import { accepted, type Result } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Content } from '../../../platform/slack/elements.ts';
import type { Actor } from '../../people/core/person.ts';
import type { PeopleDeps } from '../../people/operations.ts';
import { normalName } from '../core/names.ts';
import type { Answer, Question } from '../core/rock.ts';
import { findByName } from '../finding-operations.ts';
import { keepQuestion, lookUp } from '../lookup-operations.ts';
import { type FoundRock, searchRocks } from './store.ts';

/** Nobody in particular: who sees what everybody of the workspace may see, and nothing else. */
const everybody = 0;

/**
 * An answer for a channel. `open` is what everybody may see; `own` is set where that is nothing, and whoever asks sees
 * more: nobody else may learn that there is anything.
 */
export type OpenAnswer = { open: Answer; own: Answer | null };

/**
 * Answers a question that was asked before others. One that finds nothing, for nobody, is kept in the miss log where
 * `isAsked`: without it, it may have been no question at all.
 */
export async function answerOpenly(
  deps: PeopleDeps,
  workspaceId: string,
  asker: Actor,
  question: Question,
  isAsked: boolean,
): Promise<Result<OpenAnswer>> {
  const open = await lookUp(deps, workspaceId, question, everybody);
  if (!open.ok) return open;
  if (open.value.kind !== 'nothing') return accepted({ open: open.value, own: null });
  const own = await lookUp(deps, workspaceId, question, asker.id);
  if (!own.ok) return own;
  if (own.value.kind !== 'nothing') return accepted({ open: open.value, own: own.value });
  const miss = isAsked ? await keepQuestion(deps.db, workspaceId, question) : undefined;
  return accepted({ open: { ...open.value, miss }, own: null });
}

/** Puts an answer into the outbox, once for each event of Slack's. */
export async function postAnswer(
  db: Database,
  answer: {
    workspaceId: string;
    eventId: string;
    to: { channelId: number } | { personId: number };
    threadTs: string | null;
    content: Content;
  },
): Promise<void> {
  const { workspaceId, eventId, to, threadTs, content } = answer;
  await inTransaction(db, async (tx) => {
    await tell(tx, {
      workspaceId,
      dedupeKey: `answer:${eventId}`,
      to,
      ...(threadTs === null ? {} : { threadTs }),
      content,
      dueAt: await companyNow(tx, workspaceId),
      isAnswer: true,
    });
  });
}

/** As many rocks as a menu offers for what is typed. */
const mostOffered = 20;

/** Rocks for a menu, by what is typed so far: those with it in a name, else those that look like it. */
export async function offerRocks(
  db: Database,
  workspaceId: string,
  viewer: Actor,
  typed: string,
): Promise<FoundRock[]> {
  const normal = normalName(typed);
  if (normal === '') return [];
  const found = await searchRocks(db, workspaceId, normal, viewer.id, mostOffered);
  if (found.length > 0) return found;
  const alike = await findByName(db, workspaceId, typed, viewer.id);
  if (!alike.ok) return [];
  if (alike.value.kind === 'card') return alike.value.card.state === 'retired' ? [] : [alike.value.card];
  return alike.value.kind === 'choice' ? alike.value.rocks.filter(({ state }) => state !== 'retired') : [];
}
