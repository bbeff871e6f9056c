import type { Temporal } from 'temporal-polyfill';
import { markHomes } from '../../../delivery/homes.ts';
import { accepted, type Result } from '../../../platform/core/result.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { type Doer, recordEvents } from '../../../platform/db/events.ts';
import type { Actor } from '../../people/core/person.ts';
import { type OkrMoving, tellKeyResultsEnded } from '../moved.ts';
import { changeKeyResult, changeObjective, recordOkr } from './changing.ts';
import { lockActive, saveEnded } from './key-result-store.ts';
import { saveDropped } from './store.ts';

type Dropped = { title: string };

/** Drops an objective on the way, with the reason, and with it what is active of its key results. */
export async function dropObjective(
  { db, ...moving }: { db: Database } & OkrMoving,
  workspaceId: string,
  actor: Actor,
  objectiveId: number,
  why: string,
): Promise<Result<Dropped>> {
  const operation = 'edit an objective';
  return await changeObjective(db, workspaceId, actor, objectiveId, operation, async (change) => {
    const { tx, at, doer, objective } = change;
    await saveDropped(tx, workspaceId, objectiveId, why);
    await recordOkr(change, 'objective', objectiveId, 'dropped', { after: { why } });
    const active = await lockActive(tx, workspaceId, { objectiveId });
    const keyResultIds = active.map(({ id }) => id);
    await endKeyResults(moving, tx, { workspaceId, keyResultIds, as: 'dropped', why, at, doer });
    const { owner_id, reviewer_id } = objective.entry;
    await markHomes(
      tx,
      workspaceId,
      [owner_id, reviewer_id].filter((id) => id !== null),
    );
    return accepted({ title: objective.entry.title });
  });
}

/** Drops a key result on the way, with the reason. */
export async function dropKeyResult(
  { db, ...moving }: { db: Database } & OkrMoving,
  workspaceId: string,
  actor: Actor,
  keyResultId: number,
  why: string,
): Promise<Result<Dropped>> {
  return await changeKeyResult(db, workspaceId, actor, keyResultId, async ({ tx, at, doer, keyResult }) => {
    const keyResultIds = [keyResultId];
    await endKeyResults(moving, tx, { workspaceId, keyResultIds, as: 'dropped', why, at, doer });
    return accepted({ title: keyResult.entry.title });
  });
}

/**
 * Key results are over, in the caller's transaction, which has checked that they may be: dropped with a reason, carried
 * over, or done with their cycle. One that is over already stays as it is. Gives those that this ended.
 */
export async function endKeyResults(
  moving: OkrMoving,
  tx: Tx,
  ending: {
    workspaceId: string;
    keyResultIds: readonly number[];
    as: 'dropped' | 'carried' | 'done';
    /** Why it was dropped; null for what was not. */
    why: string | null;
    at: Temporal.Instant;
    doer: Doer;
  },
): Promise<number[]> {
  const { workspaceId, as, why, at, doer } = ending;
  const active = await lockActive(tx, workspaceId, { ids: ending.keyResultIds });
  if (active.length === 0) return [];
  const keyResultIds = active.map(({ id }) => id);
  await saveEnded(tx, keyResultIds, { as, why, at });
  await recordEvents(
    tx,
    keyResultIds.map((id) => ({
      ...{ workspaceId, at, doer },
      type: as === 'dropped' ? 'key-result.dropped' : 'key-result.ended',
      subject: { kind: 'key-result', id },
      after: as === 'dropped' ? { why } : { as },
    })),
  );
  await tellKeyResultsEnded(moving, tx, { workspaceId, at, doer, keyResultIds, why: as });
  const people = active.flatMap(({ ownerId, backupId }) => [ownerId, backupId]);
  await markHomes(
    tx,
    workspaceId,
    [...new Set(people)].filter((id) => id !== null),
  );
  return keyResultIds;
}
