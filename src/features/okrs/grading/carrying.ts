import type { Temporal } from 'temporal-polyfill';
import type { Tx } from '../../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../../platform/db/events.ts';
import type { Cycle } from '../core/cycle.ts';
import { freeKey } from '../editing/core/key.ts';
import { insertCycle, listCycles, lockCycle } from '../editing/cycle-store.ts';
import { listTakenKeys } from '../editing/store.ts';
import { copyKeyResult, copyObjective, findCarried, followSupports } from './carry-store.ts';
import type { GradeRow } from './core/grade-row.ts';
import { following, nextOf } from './core/next-cycle.ts';

export type Carrying = { tx: Tx; workspaceId: string; at: Temporal.Instant; doer: Doer };

/** What the cycle is called into which another one is carried over, whether it is there or would be made. */
export function nextKeyOf(cycles: readonly Cycle[], cycle: Cycle): string {
  return (nextOf(cycles, cycle) ?? following(cycle, new Set(cycles.map(({ key }) => key)))).key;
}

/**
 * Carries key results over into the next cycle, in the caller's transaction, which holds the lock of the objectives: each
 * objective once, and a draft of the next cycle where there is none. Gives the key of that cycle; null: nothing is carried.
 */
export async function carryOver(
  { tx, workspaceId, at, doer }: Carrying,
  cycle: Cycle,
  rows: readonly GradeRow[],
): Promise<string | null> {
  if (rows.length === 0) return null;
  const next = await nextCycle({ tx, workspaceId, at, doer }, cycle);
  const byId = doer.kind === 'person' ? doer.personId : null;
  for (const [objectiveId, own] of Map.groupBy(rows, (row) => row.objectiveId)) {
    const [first] = own;
    const copyId =
      (await findCarried(tx, next.id, objectiveId)) ??
      (await copyObjective(tx, {
        objectiveId,
        cycleId: next.id,
        key: await keyFor(tx, workspaceId, first?.objectiveKey ?? ''),
        at,
        byId,
      }));
    await recordEvent(tx, {
      ...{ workspaceId, at, doer, type: 'objective.carried-over' },
      subject: { kind: 'objective', id: copyId },
      after: { from: objectiveId },
    });
    for (const { id, key } of own) {
      const keyResultId = await copyKeyResult(tx, {
        keyResultId: id,
        objectiveId: copyId,
        key: await keyFor(tx, workspaceId, key),
      });
      await recordEvent(tx, {
        ...{ workspaceId, at, doer, type: 'key-result.carried-over' },
        subject: { kind: 'key-result', id: keyResultId },
        after: { from: id },
      });
    }
  }
  await followSupports(tx, next.id);
  return next.key;
}

async function nextCycle({ tx, workspaceId, at, doer }: Carrying, cycle: Cycle): Promise<Cycle> {
  const cycles = await listCycles(tx, workspaceId);
  const there = nextOf(cycles, cycle);
  if (there !== null) return (await lockCycle(tx, workspaceId, there.id, 'share')) ?? there;
  const { key, startsOn, endsOn } = following(cycle, new Set(cycles.map((it) => it.key)));
  const span = { starts: startsOn.toString(), ends: endsOn.toString() };
  const id = await insertCycle(tx, workspaceId, { key, ...span, parentId: null });
  if (id === undefined) throw new Error(`the key ${key} was taken meanwhile`);
  await recordEvent(tx, {
    ...{ workspaceId, at, doer, type: 'cycle.created' },
    subject: { kind: 'cycle', id },
    after: { key, ...span, state: 'draft' },
  });
  return { id, key, startsOn, endsOn, state: 'draft', parentId: null };
}

async function keyFor(tx: Tx, workspaceId: string, key: string): Promise<string> {
  return freeKey(key, await listTakenKeys(tx, workspaceId, key));
}
