import type { Temporal } from 'temporal-polyfill';
import type { Result } from '../../platform/core/result.ts';
import { companyNow } from '../../platform/db/company-time.ts';
import type { Database, Tx } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { sayAll } from '../daily/operations.ts';
import { failingBlocks } from './blocks.ts';
import { nextPull } from './core/schedule.ts';
import { retryAt, tellAfter } from './core/source.ts';
import { type Due, giveBack, lockTaken, type Taken, takeDue } from './pull-store.ts';
import { insertReading, listSources, saveFailure } from './reading-store.ts';
import { takeBackWord, toldKey } from './telling.ts';

/** Longer than any reading takes: what is not there by then is lost, and somebody else may read. Machine time. */
const leaseSeconds = 60;

/** Takes up to `limit` sources whose turn it is. Nobody else reads them for a minute, in this process or another one. */
export async function takeSources(db: Database, workspaceId: string, limit: number): Promise<Due[]> {
  return await inTransaction(db, async (tx) => await takeDue(tx, workspaceId, { limit, leaseSeconds }));
}

/**
 * Keeps what a source gave, or why it gave nothing, and when it is read again. After three failures in a row the key
 * result's owner is told, once. Nothing is kept when the source was changed meanwhile, or somebody else reads it.
 */
export async function keepOutcome(
  db: Database,
  workspaceId: string,
  due: Due,
  outcome: Result<number>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const taken = await lockTaken(tx, due);
    if (taken === undefined) return;
    const now = await companyNow(tx, workspaceId);
    const usual = nextPull(taken.every, taken.zone, now);
    if (outcome.ok) {
      const { id: sourceId, keyResultId, takenAt: at, place } = due;
      const value = outcome.value;
      if (taken.toldAt !== null) await takeBackWord(tx, workspaceId, sourceId, taken.toldAt);
      await insertReading(tx, { workspaceId, sourceId, keyResultId, from: place.kind, value, at, now });
      return await giveBack(tx, sourceId, usual);
    }
    const failures = taken.failures + 1;
    const isToTell = failures >= tellAfter && taken.toldAt === null && taken.ownerId !== null;
    await saveFailure(tx, due.id, outcome.words, now, { isTold: isToTell });
    await giveBack(tx, due.id, retryAt(failures, now, usual));
    if (isToTell) await tellOwner(tx, workspaceId, due, taken, now);
  });
}

async function tellOwner(
  tx: Tx,
  workspaceId: string,
  due: Due,
  { ownerId, key, title, zone }: Taken,
  now: Temporal.Instant,
): Promise<void> {
  const [source] = await listSources(tx, workspaceId, [due.keyResultId]);
  if (source === undefined || ownerId === null) return;
  await sayAll(tx, [
    {
      workspaceId,
      personId: ownerId,
      key: toldKey(due.id, now),
      at: now,
      content: failingBlocks({ key, title }, source, now, zone),
      isNudge: true,
    },
  ]);
}
