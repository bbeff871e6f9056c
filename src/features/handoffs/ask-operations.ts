import { accepted, type Result } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import { lockCard } from '../ownership/locking.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import { unknownRock } from '../ownership/operations.ts';
import type { Actor } from '../people/core/person.ts';
import type { BriefWords, Handoff } from './core/handoff.ts';
import { gatherFacts } from './gathering.ts';
import { advance, doneBy, gone, type Moving, move } from './moving.ts';
import { handedOverBlocks } from './news-blocks.ts';
import { announce } from './offering.ts';
import { getHandoff } from './store.ts';
import { checkWish, insertWish } from './wishing.ts';

export { checkWish as checkAsk };

/** The owner of a rock is asked for it, in the actor's words, and decides. Nothing moves before they hand it over. */
export async function askForRock(
  db: Database,
  workspaceId: string,
  actor: Actor,
  rockId: number,
  words: string | null,
): Promise<Result<Handoff>> {
  return await inTransaction(
    db,
    async (tx) => {
      const rock = await lockCard(tx, workspaceId, rockId, actor.id);
      if (rock === undefined) return unknownRock;
      const owner = await checkWish(tx, workspaceId, actor, rock);
      if (!owner.ok) return owner;
      const at = await companyNow(tx, workspaceId);
      const wish = { kind: 'ask' as const, rock, owner: owner.value, reason: words, at };
      return accepted(await insertWish(tx, workspaceId, actor, wish));
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** What the sender says with an offer that was asked for, or is made again. */
export type Rewriting = { words: BriefWords; reason: string | null; overlapDays: number };

/** The owner hands over what was asked for: from now on it is an offer like any other. */
export async function handOver(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  given: Rewriting,
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'hand-over', (tx, moving) =>
    handOverIn(tx, workspaceId, actor, moving, given),
  );
}

/** The same in the caller's transaction; rock and handoff are locked, and the step was checked. */
export async function handOverIn(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  { handoff, at }: Pick<Moving, 'handoff' | 'at'>,
  { words, reason, overlapDays }: Rewriting,
): Promise<Result<Handoff>> {
  const rock = handoff.rock === null ? undefined : await findCard(tx, workspaceId, handoff.rock.id, actor.id);
  if (rock === undefined) return gone;
  const facts = await gatherFacts(tx, workspaceId, rock, at);
  const change = { words, facts, reason, overlapDays, readAt: null, offeredAt: at };
  // The offer comes as a message of its own: an edit of the old one would be noticed by nobody.
  const notes = { receiver: handedOverBlocks(handoff) };
  const given = { change, event: 'offered', notes };
  await advance(tx, workspaceId, doneBy(actor), { handoff, at }, 'hand-over', given);
  await announce(tx, workspaceId, handoff.id, at);
  return accepted(await getHandoff(tx, workspaceId, handoff.id));
}
