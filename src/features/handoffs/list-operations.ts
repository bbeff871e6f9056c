import type { Database } from '../../platform/db/database.ts';
import type { Actor } from '../people/core/person.ts';
import type { Handoff, Waiting } from './core/handoff.ts';
import { listLoansOf, listOverlapsOf, listWaitingOf } from './list-store.ts';
import { findHandoff } from './store.ts';

/** As many as one message holds of what waits, each way, and of each of the others; the rest is counted. */
const mostWaiting = 6;
const mostOthers = 5;

/** What `/handoff` alone shows: what waits, loans that go on, and who still helps whom. */
export type HandoffsOf = { forActor: Waiting; forOthers: Waiting; loans: Waiting; overlaps: Waiting };

export async function readHandoffs(db: Database, workspaceId: string, actor: Actor): Promise<HandoffsOf> {
  return {
    ...(await listWaitingApart(db, workspaceId, actor, mostWaiting)),
    loans: await listLoansOf(db, workspaceId, actor.id, mostOthers),
    overlaps: await listOverlapsOf(db, workspaceId, actor.id, mostOthers),
  };
}

/** What waits for the actor's answer, and what they wait for: of each the `most` oldest, and how many there are. */
export async function listWaitingApart(
  db: Database,
  workspaceId: string,
  actor: Actor,
  most: number,
): Promise<{ forActor: Waiting; forOthers: Waiting }> {
  return {
    forActor: await listWaitingOf(db, workspaceId, actor.id, 'for-them', most),
    forOthers: await listWaitingOf(db, workspaceId, actor.id, 'for-others', most),
  };
}

/** A handoff whose brief somebody writes; whether they may, the step says. */
export async function findForWriting(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<Handoff | undefined> {
  return await findHandoff(db, workspaceId, id);
}
