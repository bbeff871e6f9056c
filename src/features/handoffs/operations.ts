import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../delivery/homes.ts';
import { rewrite, tell } from '../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { lockOwnership, type OwnedRock, passRock } from '../ownership/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { acceptedBlocks, declinedBlocks, endedBlocks, lapsedBlocks, thanksBlocks } from './blocks.ts';
import { type Handoff, type Step, stepRefusal, type Waiting } from './core/handoff.ts';
import { endHandoff, findHandoff, getHandoff, listOpenHandoffsOf, lockHandoff, markRead } from './store.ts';

/** As many handoffs as a list shows; the rest is counted. */
const listLength = 20;

/** The brief, for sender and receiver alone; keeps when the receiver first read it. */
export async function readBrief(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<{ handoff: Handoff; mayAccept: boolean }>> {
  const handoff = await findHandoff(db, workspaceId, handoffId);
  if (handoff === undefined) return gone;
  const problem = stepRefusal(handoff, 'read', actor.id, null);
  if (problem !== null) return problem;
  const mayAccept = handoff.to.id === actor.id && handoff.state === 'offered';
  if (mayAccept) {
    await inTransaction(db, async (tx) => markRead(tx, handoffId, await companyNow(tx, workspaceId)));
  }
  return accepted({ handoff, mayAccept });
}

/**
 * Ownership flips here, once, in the transaction that records it; the sender and the home channel are told.
 */
export async function acceptHandoff(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'accept', async (tx, handoff, rock, at) => {
    await passRock(tx, {
      workspaceId,
      rockId: handoff.rock.id,
      to: actor.id,
      at,
      handoffId,
      began: 'handoff',
      ended: 'handed-over',
      reason: null,
      doer: { kind: 'person', personId: actor.id },
    });
    await end(tx, workspaceId, actor, handoff, 'accepted', at, null);
    const tellOf = async (
      about: string,
      to: { personId: number } | { channelId: number },
      content: Content,
    ) =>
      await tell(tx, {
        workspaceId,
        dedupeKey: `handoff-${about}:${handoffId}`,
        to,
        content,
        dueAt: at,
        isAnswer: true,
      });
    await tellOf('accepted', { personId: handoff.from.id }, acceptedBlocks(handoff));
    if (rock.channelId !== null)
      await tellOf('thanks', { channelId: rock.channelId }, thanksBlocks(handoff, at));
  });
}

/** The reason stays between the two. */
export async function declineHandoff(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  reason: string | null,
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'decline', async (tx, handoff, _rock, at) => {
    await end(tx, workspaceId, actor, handoff, 'declined', at, reason);
    await tell(tx, {
      workspaceId,
      dedupeKey: `handoff-declined:${handoffId}`,
      to: { personId: handoff.from.id },
      content: declinedBlocks(handoff, reason),
      dueAt: at,
      isAnswer: true,
    });
  });
}

/** The sender takes the offer back; a second time is told apart, since all is as they want it. */
export async function withdrawHandoff(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'withdraw', async (tx, handoff, _rock, at) => {
    await end(tx, workspaceId, actor, handoff, 'withdrawn', at, null);
  });
}

/** Whether the actor could decline now, before anybody is asked for a reason. */
export async function checkDecline(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Handoff>> {
  const handoff = await findHandoff(db, workspaceId, handoffId);
  if (handoff === undefined) return gone;
  return stepRefusal(handoff, 'decline', actor.id, null) ?? accepted(handoff);
}

/** What waits for the actor's answer, and what they wait for: the oldest of them, and how many there are. */
export async function listWaiting(db: Database, workspaceId: string, actor: Actor): Promise<Waiting> {
  return await listOpenHandoffsOf(db, workspaceId, actor.id, ['receiver', 'sender'], listLength);
}

/** The same, each side by itself: of each the `most` oldest, and how many there are. */
export async function listWaitingApart(
  db: Database,
  workspaceId: string,
  actor: Actor,
  most: number,
): Promise<{ forActor: Waiting; forOthers: Waiting }> {
  return {
    forActor: await listOpenHandoffsOf(db, workspaceId, actor.id, ['receiver'], most),
    forOthers: await listOpenHandoffsOf(db, workspaceId, actor.id, ['sender'], most),
  };
}

const gone = refused('gone', 'That handoff is not there any more.');

type Work = (tx: Tx, handoff: Handoff, rock: OwnedRock, at: Temporal.Instant) => Promise<void>;

/** Rock first, then handoff: every operation locks in this order, so that two never wait for each other. */
async function move(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  step: Step,
  work: Work,
): Promise<Result<Handoff>> {
  const known = await findHandoff(db, workspaceId, handoffId);
  if (known === undefined) return gone;
  return await inTransaction(
    db,
    async (tx) => {
      const rock = await lockOwnership(tx, workspaceId, known.rock.id);
      const handoff = await lockHandoff(tx, workspaceId, handoffId);
      if (rock === undefined || handoff === undefined) return gone;
      const problem = stepRefusal(handoff, step, actor.id, rock.owner?.personId ?? null);
      if (problem !== null) return problem;
      await work(tx, handoff, rock, await companyNow(tx, workspaceId));
      return accepted(await getHandoff(tx, workspaceId, handoffId));
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/**
 * Ends an offer whose rock has moved on without it, on behalf of the new owner: nobody else would, and it would
 * stand in the way of every other. The rock must be locked by the caller.
 */
export async function endLapsedOffer(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  handoff: Handoff,
  at: Temporal.Instant,
): Promise<void> {
  await end(tx, workspaceId, actor, handoff, 'withdrawn', at, null, lapsedBlocks(handoff));
}

async function end(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  handoff: Handoff,
  state: 'accepted' | 'declined' | 'withdrawn',
  at: Temporal.Instant,
  declineReason: string | null,
  ended = endedBlocks(handoff, state, at),
): Promise<void> {
  await endHandoff(tx, handoff.id, { state, at, declineReason });
  await markHomes(tx, workspaceId, [handoff.from.id, handoff.to.id]);
  await record(tx, workspaceId, actor, at, `handoff.${state}`, handoff.id, { rock: handoff.rock.id });
  if (handoff.offerMessageId !== null) await rewrite(tx, handoff.offerMessageId, ended.forReceiver);
  if (handoff.senderMessageId !== null) await rewrite(tx, handoff.senderMessageId, ended.forSender);
}

async function record(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  at: Temporal.Instant,
  type: string,
  handoffId: number,
  after: unknown,
): Promise<void> {
  const doer = { kind: 'person', personId: actor.id } as const;
  await recordEvent(tx, { workspaceId, at, doer, type, subject: { kind: 'handoff', id: handoffId }, after });
}
