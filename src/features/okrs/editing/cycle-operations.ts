import type { Temporal } from 'temporal-polyfill';
import { markAllHomes } from '../../../delivery/homes.ts';
import { may, rolesInWorkspace } from '../../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { Doer } from '../../../platform/db/events.ts';
import type { Actor } from '../../people/core/person.ts';
import { type Cycle, type CycleState, nextState } from '../core/cycle.ts';
import { type OkrMoving, tellKeyResultsEnded } from '../moved.ts';
import { beside, type Change, changeOf, changeOkrs, recordOkr } from './changing.ts';
import { type CycleEntry, cycleProblem } from './core/cycle-entry.ts';
import { insertCycle, listCycles, lockCycle, updateCycle } from './cycle-store.ts';
import { lockActive } from './key-result-store.ts';

const unknownCycle = refused('unknown-cycle', 'That cycle is not there any more.');

/** Whether the actor may keep the cycles. */
export function cyclesRefusal(actor: Actor): Refusal | null {
  return may('add, start and change cycles', rolesInWorkspace(actor))
    ? null
    : refused('not-yours', 'Only Cairn admins add, start and change cycles. Ask one of them.');
}

/** Adds a cycle as a draft. Cycles may overlap, as quarters do with their year. Refuses a key that is taken. */
export async function addCycle(
  db: Database,
  workspaceId: string,
  actor: Actor,
  entry: CycleEntry,
): Promise<Result<Cycle>> {
  return (
    cyclesRefusal(actor) ??
    (await changeOkrs(db, workspaceId, actor, async (change) => {
      const cycles = await listCycles(change.tx, workspaceId);
      const problem = entryRefusal(cycles, null, entry);
      if (problem !== null) return problem;
      const id = await insertCycle(change.tx, workspaceId, entry);
      if (id === undefined) return takenKey(entry.key);
      await recordOkr(change, 'cycle', id, 'created', {
        after: { ...fieldsOf(entry), key: entry.key, state: 'draft' },
      });
      return await cycleNow(change, id);
    }))
  );
}

/** Changes the days of a cycle and the year it lies in, as long as it is not being graded. Its key stays. */
export async function editCycle(
  db: Database,
  workspaceId: string,
  actor: Actor,
  cycleId: number,
  entry: Omit<CycleEntry, 'key'>,
): Promise<Result<Cycle>> {
  return (
    cyclesRefusal(actor) ??
    (await changeOkrs(db, workspaceId, actor, async (change) => {
      const { tx, at } = change;
      const cycle = await lockCycle(tx, workspaceId, cycleId, 'update');
      if (cycle === undefined) return unknownCycle;
      if (cycle.state === 'closed' || cycle.state === 'grading') return overRefusal(cycle);
      const whole = { ...entry, key: cycle.key };
      const problem = entryRefusal(await listCycles(tx, workspaceId), cycle, whole);
      if (problem !== null) return problem;
      const { key, startsOn, endsOn, parentId } = cycle;
      const now = { key, starts: startsOn.toString(), ends: endsOn.toString(), parentId };
      const difference = changeOf(fieldsOf(now), fieldsOf(whole));
      if (difference !== null) {
        await updateCycle(tx, cycleId, fieldsOf(whole), at);
        await recordOkr(change, 'cycle', cycleId, 'changed', difference);
        await markAllHomes(tx, workspaceId);
      }
      return await cycleNow(change, cycleId);
    }))
  );
}

/** A draft becomes active: from now on its key results are asked about. One that is active already stays so. */
export async function startCycle(
  { db, ...moving }: { db: Database } & OkrMoving,
  workspaceId: string,
  actor: Actor,
  cycleId: number,
): Promise<Result<Cycle>> {
  return (
    cyclesRefusal(actor) ??
    (await changeOkrs(db, workspaceId, actor, async (change) => {
      const { tx, at, doer } = change;
      const cycle = await lockCycle(tx, workspaceId, cycleId, 'update');
      if (cycle === undefined) return unknownCycle;
      if (cycle.state === 'closed' || cycle.state === 'grading') return overRefusal(cycle);
      await moveCycle(moving, tx, { workspaceId, cycleId, to: 'active', at, doer });
      return await cycleNow(change, cycleId);
    }))
  );
}

/**
 * Moves a cycle on by one state (draft > active > grading > closed), in the caller's transaction, which has checked who may.
 * With its end as an active one nothing of it is asked about any more. Does nothing where it is in that state; false where
 * the state does not come next.
 */
export async function moveCycle(
  moving: OkrMoving,
  tx: Tx,
  move: { workspaceId: string; cycleId: number; to: CycleState; at: Temporal.Instant; doer: Doer },
): Promise<boolean> {
  const { workspaceId, cycleId, to, at, doer } = move;
  const cycle = await lockCycle(tx, workspaceId, cycleId, 'update');
  if (cycle?.state === to) return true;
  if (cycle === undefined || nextState(cycle.state) !== to) return false;
  const names: Partial<Record<CycleState, string>> = { active: 'started', closed: 'closed' };
  if (cycle.state === 'active') {
    const keyResultIds = (await lockActive(tx, workspaceId, { cycleId })).map(({ id }) => id);
    await tellKeyResultsEnded(moving, tx, { workspaceId, at, doer, keyResultIds, why: 'cycle-ended' });
  }
  await updateCycle(tx, cycleId, { state: to }, at);
  await recordOkr({ tx, workspaceId, at, doer }, 'cycle', cycleId, names[to] ?? 'ended', {
    before: { state: cycle.state },
    after: { state: to },
  });
  await markAllHomes(tx, workspaceId);
  return true;
}

function entryRefusal(cycles: readonly Cycle[], own: Cycle | null, entry: CycleEntry): Refusal | null {
  const { key, parentId } = entry;
  if (own === null && cycles.some((it) => it.key.toLowerCase() === key.toLowerCase())) return takenKey(key);
  const parent = parentId === null ? null : cycles.find(({ id }) => id === parentId);
  if (parent === undefined || (parent?.state === 'closed' && parentId !== own?.parentId))
    return beside('parent', refused('unknown-cycle', 'Pick one of the cycles that are not closed.'));
  const children = own === null ? [] : cycles.filter((it) => it.parentId === own.id);
  if (parent !== null && (parent.id === own?.id || parent.parentId !== null || children.length > 0))
    return beside('parent', refused('too-deep', 'A cycle lies in a year, and a year in none.'));
  const problem = cycleProblem(entry, parent, children);
  return problem === null ? null : beside(problem.field, refused('days', problem.words));
}

function takenKey(key: string): Refusal {
  return beside('key', refused('taken', `There is a cycle ${key} already. Choose another key.`));
}

function overRefusal({ key, state }: Cycle): Refusal {
  return state === 'closed'
    ? refused('closed', `${key} is closed. Nothing in it changes any more.`)
    : refused('grading', `${key} is being graded, so its days stay as they are.`);
}

function fieldsOf({ starts, ends, parentId }: CycleEntry) {
  return { starts_on: starts, ends_on: ends, parent_id: parentId };
}

async function cycleNow({ tx, workspaceId }: Change, cycleId: number): Promise<Result<Cycle>> {
  const cycle = await lockCycle(tx, workspaceId, cycleId, 'share');
  return cycle === undefined ? unknownCycle : accepted(cycle);
}
