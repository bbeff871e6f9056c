import type { Temporal } from 'temporal-polyfill';
import { accepted, type Result } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { findCard } from '../ownership/lookup-operations.ts';
import type { Actor } from '../people/core/person.ts';
import type { Rewriting } from './ask-operations.ts';
import type { Handoff } from './core/handoff.ts';
import { type Step, transitionOf } from './core/machine.ts';
import { readRefusal, sidesOfPerson, stepRefusal } from './core/refusals.ts';
import { loanRefusal } from './core/times.ts';
import { gatherFacts } from './gathering.ts';
import { advance, doneBy, gone, move, tellOf } from './moving.ts';
import { offeredAgainBlocks, suggestedBlocks } from './news-blocks.ts';
import { findHandoff, lockHandoff, markRead } from './store.ts';

export type Brief = {
  handoff: Handoff;
  /** Whether the reader is who has to say yes, and may. */
  mayAccept: boolean;
  /** What a wish to have a rock back would undo. */
  undone: Handoff | null;
};

/**
 * The brief, for those whom the handoff concerns, also when all is over, and once it was accepted for whoever sees the
 * rock; keeps when who has to say yes first read it as it is now.
 */
export async function readBrief(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
): Promise<Result<Brief>> {
  return await inTransaction(db, async (tx) => {
    // Locked, so that a brief that is changed at this moment does not count as read.
    const handoff = await lockHandoff(tx, workspaceId, handoffId);
    if (handoff === undefined) return gone;
    const { rock } = handoff;
    const seesRock = rock !== null && (await findCard(tx, workspaceId, rock.id, actor.id)) !== undefined;
    const problem = readRefusal(handoff, actor.id, seesRock);
    if (problem !== null) return problem;
    const by = transitionOf(handoff.kind, handoff.state, 'accept')?.by ?? [];
    const mayAccept = sidesOfPerson(handoff, actor.id, null).some((side) => by.includes(side));
    if (mayAccept) await markRead(tx, handoffId, await companyNow(tx, workspaceId));
    const undone =
      handoff.undoesId === null ? undefined : await findHandoff(tx, workspaceId, handoff.undoesId);
    return accepted({ handoff, mayAccept, undone: undone ?? null });
  });
}

/** Whether the actor could take a step now, before anybody is asked for words. */
export async function checkStep(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  step: Extract<Step, 'decline' | 'suggest' | 'offer-again' | 'hand-over'>,
): Promise<Result<Handoff>> {
  const handoff = await findHandoff(db, workspaceId, handoffId);
  if (handoff === undefined) return gone;
  return stepRefusal(handoff, step, actor.id, null) ?? accepted(handoff);
}

/** The receiver would have the brief say something else; the sender is told, and it is theirs to change. */
export async function suggestChanges(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  suggestion: string,
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'suggest', async (tx, moving) => {
    const { at } = moving;
    const given = { change: { suggestion }, event: 'changes-suggested' };
    const handoff = await advance(tx, workspaceId, doneBy(actor), moving, 'suggest', given);
    const { sender, senderMessageId: threadOf } = handoff;
    const about = `suggested:${at.epochMilliseconds}`;
    await tellOf(tx, workspaceId, about, handoffId, at, { personId: sender.id }, suggestedBlocks(handoff), {
      threadOf,
    });
    return accepted(null);
  });
}

/** The sender offers it once more, with another brief: the receiver reads it anew before they can accept. */
export async function offerAgain(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  given: Rewriting & { untilOn?: Temporal.PlainDate | null },
): Promise<Result<Handoff>> {
  return await move(db, workspaceId, actor, handoffId, 'offer-again', async (tx, moving) => {
    const { at } = moving;
    const before = moving.handoff;
    const { words, reason, overlapDays, untilOn = null } = given;
    if (before.kind === 'lend' && untilOn !== null) {
      const problem = loanRefusal(untilOn, at.toZonedDateTimeISO(actor.timezone).toPlainDate());
      if (problem !== null) return problem;
    }
    const rock = before.rock === null ? undefined : await findCard(tx, workspaceId, before.rock.id, actor.id);
    const change = {
      words,
      ...(rock === undefined ? {} : { facts: await gatherFacts(tx, workspaceId, rock, at) }),
      ...(before.kind === 'lend' || before.kind === 'work' ? {} : { reason, overlapDays }),
      ...(before.kind === 'lend' && untilOn !== null ? { untilOn } : {}),
      readAt: null,
      offeredAt: at,
    };
    const handoff = await advance(tx, workspaceId, doneBy(actor), moving, 'offer-again', {
      change,
      event: 'offered-again',
    });
    const { to, offerMessageId: threadOf } = handoff;
    const about = `offered-again:${at.epochMilliseconds}`;
    await tellOf(tx, workspaceId, about, handoffId, at, { personId: to.id }, offeredAgainBlocks(handoff), {
      threadOf,
    });
    return accepted(null);
  });
}
