import type { Temporal } from 'temporal-polyfill';
import { mondayToFriday } from '../../cadence/core/working-days.ts';
import { markHomes } from '../../delivery/homes.ts';
import { rewrite, tell } from '../../delivery/outbox.ts';
import { accepted, type Result, refused } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../platform/db/events.ts';
import { inTransaction, submissionTimeoutMs } from '../../platform/db/transaction.ts';
import type { Content } from '../../platform/slack/elements.ts';
import { lockOwnership, type OwnedRock } from '../ownership/operations.ts';
import type { Actor } from '../people/core/person.ts';
import { readWorksOn } from '../people/working-days.ts';
import { redrawBatch } from './batches/drawing-operations.ts';
import type { Handoff } from './core/handoff.ts';
import { ends, type Step, transitionOf, waitsFor } from './core/machine.ts';
import { type RockNow, stepRefusal } from './core/refusals.ts';
import { stepsOf } from './core/steps.ts';
import type { Clock } from './core/times.ts';
import { inheritedLoanNotes, receiverNote, senderNote } from './note-blocks.ts';
import { requestNote } from './request-note-blocks.ts';
import { replaceSteps } from './step-store.ts';
import {
  findHandoff,
  findOwnerOfRock,
  getHandoff,
  type HandoffChange,
  lockHandoff,
  saveHandoff,
} from './store.ts';

export const gone = refused('gone', 'That handoff is not there any more.');

/** A handoff that was locked, with its rock (null: a piece of work), to take a step. */
export type Moving = { handoff: Handoff; rock: OwnedRock | null; at: Temporal.Instant };

/**
 * Takes a step that a person wants: checks them as of this moment, lets `work` do what the step means, and gives back
 * the handoff as it is then. A refusal of `work` must come before it has changed anything.
 */
export async function move(
  db: Database,
  workspaceId: string,
  actor: Actor,
  handoffId: number,
  step: Step,
  work: (tx: Tx, moving: Moving) => Promise<Result<unknown>>,
): Promise<Result<Handoff>> {
  const known = await findHandoff(db, workspaceId, handoffId);
  if (known === undefined) return gone;
  return await inTransaction(
    db,
    async (tx) => {
      const moving = await lockMoving(tx, workspaceId, known);
      if (moving === undefined) return gone;
      const { handoff, rock } = moving;
      const problem = stepRefusal(handoff, step, actor.id, rockNow(rock));
      if (problem !== null) return problem;
      const done = await work(tx, moving);
      return done.ok ? accepted(await getHandoff(tx, workspaceId, handoffId)) : done;
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Rock first, then handoff: every operation locks in this order, so that two never wait for each other. */
export async function lockMoving(
  tx: Tx,
  workspaceId: string,
  known: Pick<Handoff, 'id' | 'rock'>,
): Promise<Moving | undefined> {
  const rock = known.rock === null ? null : await lockOwnership(tx, workspaceId, known.rock.id);
  const handoff = await lockHandoff(tx, workspaceId, known.id);
  if (rock === undefined || handoff === undefined) return undefined;
  return { handoff, rock, at: await companyNow(tx, workspaceId) };
}

/** What the rules know of a locked rock. */
export function rockNow(rock: OwnedRock | null): RockNow {
  return rock === null ? null : { ownerId: rock.owner?.personId ?? null, isActive: rock.state === 'active' };
}

/**
 * Brings a locked handoff to where `step` leads: keeps it, plans what the clock does from now on, lets its messages say
 * how it stands, and records it. Throws for a step that the machine does not know; whoever calls has asked it before.
 */
export async function advance(
  tx: Tx,
  workspaceId: string,
  doer: Doer,
  { handoff, at }: Pick<Moving, 'handoff' | 'at'>,
  step: Step,
  given: { change?: HandoffChange; event: string; notes?: Partial<Notes> },
): Promise<Handoff> {
  const transition = transitionOf(handoff.kind, handoff.state, step);
  if (transition === undefined)
    throw new Error(`a handoff (${handoff.kind}, ${handoff.state}) cannot ${step}`);
  const { to } = transition;
  const isOver = ends.includes(to);
  await saveHandoff(tx, handoff.id, { ...given.change, state: to, ...(isOver ? { endedAt: at } : {}) });
  const moved = await getHandoff(tx, workspaceId, handoff.id);
  // An overlap that ends leaves the questions of day 30 as they are.
  if (step !== 'end-overlap') await planSteps(tx, workspaceId, moved, at);
  await showHandoff(tx, moved, given.notes);
  if (moved.batchId !== null) await redrawBatch(tx, workspaceId, moved.batchId);
  await recordHandoff(tx, workspaceId, doer, at, `handoff.${given.event}`, moved);
  return moved;
}

/** Plans what the clock does for a handoff from `at` on. */
export async function planSteps(
  tx: Tx,
  workspaceId: string,
  handoff: Handoff,
  at: Temporal.Instant,
): Promise<void> {
  const side = waitsFor(handoff);
  const awaited = side === 'sender' ? handoff.sender : handoff.to;
  const clock = await clockOf(tx, workspaceId, awaited, at);
  await replaceSteps(tx, workspaceId, handoff.id, stepsOf(handoff, at, clock));
}

/** When somebody works from `at` on. */
export async function clockOf(
  db: Database,
  workspaceId: string,
  person: { id: number; timezone: string },
  at: Temporal.Instant,
): Promise<Clock> {
  const clocks = await readWorksOn(db, workspaceId, [person.id], at);
  return clocks.get(person.id) ?? { timezone: person.timezone, worksOn: mondayToFriday };
}

type Notes = { receiver: Content; sender: Content; request: Content };

/** Lets the messages of a handoff say how it stands; `given` are in place of the usual words. */
export async function showHandoff(tx: Tx, handoff: Handoff, given: Partial<Notes> = {}): Promise<void> {
  const { offerMessageId, senderMessageId, requestMessageId } = handoff;
  const notes = { ...(await notesOfInherited(tx, handoff)), ...given };
  if (offerMessageId !== null) await rewrite(tx, offerMessageId, notes.receiver ?? receiverNote(handoff));
  // Who was asked for it has one message for both: first the wish, then what became of it.
  if (requestMessageId !== null && requestMessageId !== senderMessageId) {
    await rewrite(tx, requestMessageId, notes.request ?? requestNote(handoff));
  }
  if (senderMessageId !== null) await rewrite(tx, senderMessageId, notes.sender ?? senderNote(handoff));
}

/** What a loan reads that has outlived a change of owner. */
async function notesOfInherited(tx: Tx, handoff: Handoff): Promise<Partial<Notes>> {
  const { kind, rock, from, acceptedAt } = handoff;
  if (kind !== 'lend' || rock === null || acceptedAt === null) return {};
  const owner = await findOwnerOfRock(tx, rock.id);
  return owner === undefined || owner.id === from?.id ? {} : inheritedLoanNotes(handoff, owner);
}

/** Records what happened to a handoff; words of people stay between the two, so no event has them. */
export async function recordHandoff(
  tx: Tx,
  workspaceId: string,
  doer: Doer,
  at: Temporal.Instant,
  type: string,
  { id, kind, rock, from, to, sender }: Handoff,
): Promise<void> {
  await markHomes(tx, workspaceId, [...new Set([from?.id ?? sender.id, to.id, sender.id])]);
  await recordEvent(tx, {
    workspaceId,
    at,
    doer,
    type,
    subject: { kind: 'handoff', id },
    after: { kind, ...(rock === null ? {} : { rock: rock.id }), from: from?.id ?? null, to: to.id },
  });
}

/** Tells one person or channel of a handoff, at once and each thing once; returns the message's id. */
export async function tellOf(
  tx: Tx,
  workspaceId: string,
  about: string,
  handoffId: number,
  at: Temporal.Instant,
  to: { personId: number } | { channelId: number },
  content: Content,
  more: { threadOf?: number | null; dueAt?: Temporal.Instant; isNudge?: boolean } = {},
): Promise<number> {
  const { threadOf = null, dueAt = at, isNudge = false } = more;
  return await tell(tx, {
    workspaceId,
    dedupeKey: `handoff-${about}:${handoffId}`,
    to,
    content,
    dueAt,
    ...(threadOf === null ? {} : { threadOf }),
    ...(isNudge ? { isNudge } : { isAnswer: true }),
  });
}

export function doneBy(actor: Actor): Doer {
  return { kind: 'person', personId: actor.id };
}
