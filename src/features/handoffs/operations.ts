import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { openAction } from '../actions/operations.ts';
import { type OwnedRock, passRock } from '../ownership/operations.ts';
import { type Actor, isActor } from '../people/core/person.ts';
import { findPersonById } from '../people/operations.ts';
import type { Handoff } from './core/handoff.ts';
import { endOfLoan } from './core/steps.ts';
import { daysLater } from './core/times.ts';
import { endLeftovers } from './ending-operations.ts';
import { recordLoan } from './loan-operations.ts';
import { advance, doneBy, type Moving, move, tellOf } from './moving.ts';
import {
  acceptedBlocks,
  askDeclinedBlocks,
  backAcceptedBlocks,
  declinedBlocks,
  thanksBlocks,
} from './news-blocks.ts';

/**
 * The yes of whoever has to say it: the receiver of an offer, or the owner whom the former one asks for a rock back.
 * Ownership flips here, once, in the transaction that records it; a loan begins, and a piece of work is an action.
 */
export async function acceptHandoff(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'accept', async (tx, moving) => {
    switch (moving.handoff.kind) {
      case 'lend':
        return await acceptLoan(tx, workspaceId, actor, moving);
      case 'work':
        return await acceptWork(tx, workspaceId, actor, moving);
      default:
        return await acceptRock(tx, workspaceId, actor, moving);
    }
  });
}

/** How one stint ends and the next one begins. */
const stintsOf = {
  give: { began: 'handoff', ended: 'handed-over' },
  ask: { began: 'handoff', ended: 'handed-over' },
  assign: { began: 'assigned', ended: 'assigned' },
  back: { began: 'handoff', ended: 'taken-back' },
} as const;

async function acceptRock(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  moving: Moving,
): Promise<Result<unknown>> {
  const { handoff, rock, at } = moving;
  const { id, kind, from, to } = handoff;
  if (rock === null || kind === 'lend' || kind === 'work') throw new Error(`handoff ${id} moves no rock`);
  const receiver = await findPersonById(tx, workspaceId, to.id);
  if (!receiver.ok || !isActor(receiver.value)) {
    return refused('left', 'They cannot carry a rock any more: they have left, or are no full members.');
  }
  await passRock(tx, {
    workspaceId,
    rockId: rock.id,
    to: to.id,
    at,
    handoffId: id,
    ...stintsOf[kind],
    // Why somebody would like it back stays between the two.
    reason: kind === 'back' ? null : handoff.reason,
    doer: doneBy(actor),
  });
  const days = from === null ? 0 : handoff.overlapDays;
  const zone = from?.timezone ?? to.timezone;
  const moved = await advance(tx, workspaceId, doneBy(actor), moving, 'accept', {
    change: { acceptedAt: at, overlapUntil: daysLater(at, days, zone) },
    event: 'accepted',
  });
  await endLeftovers(tx, workspaceId, doneBy(actor), {
    rockId: rock.id,
    why: 'handed-over',
    at,
    ownerId: to.id,
    except: id,
  });
  if (kind === 'back')
    await tellNews(tx, workspaceId, 'accepted', moved, at, to.id, backAcceptedBlocks(moved));
  // Of several that were offered together the sender reads in one message, which says how all stand.
  else if (moved.batchId === null)
    await tellNews(tx, workspaceId, 'accepted', moved, at, moved.sender.id, acceptedBlocks(moved));
  await thank(tx, workspaceId, moved, rock, at);
  return accepted(null);
}

/** In the home channel, where everybody may see the rock. */
async function thank(
  tx: Tx,
  workspaceId: string,
  handoff: Handoff,
  { channelId, visibility }: OwnedRock,
  at: Temporal.Instant,
): Promise<void> {
  if (channelId === null || visibility !== 'workspace') return;
  await tellOf(tx, workspaceId, 'thanks', handoff.id, at, { channelId }, thanksBlocks(handoff, at));
}

async function acceptLoan(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  moving: Moving,
): Promise<Result<unknown>> {
  const { handoff, at } = moving;
  const end = endOfLoan(handoff);
  if (end === null || end.epochMilliseconds <= at.epochMilliseconds) {
    return refused('loan-over', 'This loan would be over by now, so there is nothing to accept any more.');
  }
  const given = { change: { acceptedAt: at }, event: 'accepted' };
  const moved = await advance(tx, workspaceId, doneBy(actor), moving, 'accept', given);
  await recordLoan(tx, workspaceId, doneBy(actor), moved, at);
  await tellNews(tx, workspaceId, 'accepted', moved, at, moved.sender.id, acceptedBlocks(moved));
  return accepted(null);
}

async function acceptWork(
  tx: Tx,
  workspaceId: string,
  actor: Actor,
  moving: Moving,
): Promise<Result<unknown>> {
  const { at } = moving;
  const given = { change: { acceptedAt: at }, event: 'accepted' };
  const moved = await advance(tx, workspaceId, doneBy(actor), moving, 'accept', given);
  await openAction(tx, {
    workspaceId,
    title: moved.title,
    owner: moved.to,
    by: moved.sender,
    rockId: null,
    handoffId: moved.id,
    dueOn: moved.dueOn,
    at,
    doer: doneBy(actor),
  });
  await tellNews(tx, workspaceId, 'accepted', moved, at, moved.sender.id, acceptedBlocks(moved));
  return accepted(null);
}

/** The no of whoever is asked; it and its reason stay between the two. */
export async function declineHandoff(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  reason: string | null,
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'decline', async (tx, moving) => {
    const { handoff, at } = moving;
    const given = { change: { declineReason: reason }, event: 'declined' };
    const moved = await advance(tx, workspaceId, doneBy(actor), moving, 'decline', given);
    if (handoff.state === 'asked') {
      const words = askDeclinedBlocks(moved, reason);
      await tellNews(tx, workspaceId, 'ask-declined', moved, at, moved.to.id, words);
    } else {
      await tellNews(tx, workspaceId, 'declined', moved, at, moved.sender.id, declinedBlocks(moved, reason));
    }
    return accepted(null);
  });
}

/** Whoever began it takes it back; a second time is told apart, since all is as they want it. */
export async function withdrawHandoff(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'withdraw', async (tx, moving) => {
    await advance(tx, workspaceId, doneBy(actor), moving, 'withdraw', { event: 'withdrawn' });
    return accepted(null);
  });
}

async function tellNews(
  tx: Tx,
  workspaceId: string,
  about: string,
  handoff: Handoff,
  at: Temporal.Instant,
  personId: number,
  content: Content,
): Promise<void> {
  await tellOf(tx, workspaceId, about, handoff.id, at, { personId }, content);
}
