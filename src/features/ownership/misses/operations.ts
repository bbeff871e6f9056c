import { tell } from '../../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import { section } from '../../../platform/slack/elements.ts';
import { inline, personMention, shortened } from '../../../platform/slack/mrkdwn.ts';
import type { Actor, Person } from '../../people/core/person.ts';
import type { Miss } from '../core/rock.ts';
import { longestQuery } from './core/miss.ts';
import {
  findMiss,
  findProductOperationsChannel,
  insertMiss,
  insertSuggestion,
  isWaiting,
  type KeptMiss,
  lockMiss,
  saveAsker,
} from './store.ts';

export const settledWords = 'That question is settled by now: ask again, and you will see.';
const goneWords = 'That question is not in the list any more.';

/**
 * Keeps a question that found nothing, without the asker. What product operations has settled as not ours is kept no
 * more, and said instead.
 */
export async function keepMiss(
  db: Database,
  workspaceId: string,
  query: string,
  normal: string,
): Promise<Miss> {
  const id = await inTransaction(db, async (tx) =>
    insertMiss(tx, workspaceId, query.slice(0, longestQuery), normal.slice(0, longestQuery)),
  );
  return id === undefined ? { isNotOurs: true } : { id };
}

/** A question that still waits for its answer. Refuses one that is settled or gone. */
export async function readOpenMiss(db: Database, workspaceId: string, id: number): Promise<Result<KeptMiss>> {
  return stillOpen(await findMiss(db, workspaceId, id));
}

export function stillOpen(miss: KeptMiss | undefined): Result<KeptMiss> {
  if (miss === undefined) return refused('gone', goneWords);
  return miss.settled === null ? accepted(miss) : refused('settled', settledWords);
}

/** Keeps the asker's name with the question, so that they are told when it is settled. Twice is the same as once. */
export async function waitForAnswer(
  db: Database,
  workspaceId: string,
  actor: Actor,
  missId: number,
): Promise<Result<KeptMiss>> {
  return await inTransaction(db, async (tx) => {
    const miss = stillOpen(await lockMiss(tx, workspaceId, missId));
    if (!miss.ok || (await isWaiting(tx, workspaceId, miss.value.normal, actor.id))) return miss;
    if (miss.value.askerId === null) {
      await saveAsker(tx, missId, actor.id);
      return miss;
    }
    // Somebody else asked this question and waits for it: this is another one.
    const id = await insertMiss(tx, workspaceId, miss.value.query, miss.value.normal);
    if (id !== undefined) await saveAsker(tx, id, actor.id);
    return miss;
  });
}

/**
 * Keeps who could own what was asked for, and tells product operations in its channel where it has one. Who suggests
 * it is kept nowhere: it is most often the asker, whose name stays out of the miss log.
 */
export async function suggestOwner(
  db: Database,
  workspaceId: string,
  missId: number,
  person: Person,
): Promise<Result<KeptMiss>> {
  if (person.kind !== 'member' || person.isDeactivated)
    return refused(
      'no-member',
      `${person.name} can carry no rock: that takes a full member of this workspace.`,
    );
  return await inTransaction(db, async (tx) => {
    const miss = stillOpen(await lockMiss(tx, workspaceId, missId));
    if (!miss.ok) return miss;
    const { query, normal } = miss.value;
    const now = await companyNow(tx, workspaceId);
    if (!(await insertSuggestion(tx, workspaceId, normal, person.id, now))) return miss;
    const channelId = await findProductOperationsChannel(tx, workspaceId);
    if (channelId === undefined) return miss;
    const text = `${personMention(person)} is suggested as the owner of “${inline(shortened(query, 80))}”, which nobody knows yet. \`/cairn misses\` lists what was asked for in vain.`;
    await tell(tx, {
      workspaceId,
      dedupeKey: `miss-suggestion:${missId}:${person.id}`,
      to: { channelId },
      content: { text, blocks: [section(text)] },
      dueAt: now,
    });
    return miss;
  });
}
