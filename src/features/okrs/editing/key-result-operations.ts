import { markHomes } from '../../../delivery/homes.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import { keyBase } from '../../ownership/register/core/entry.ts';
import type { Actor } from '../../people/core/person.ts';
import { type OkrMoving, tellKeyResultMoved } from '../moved.ts';
import {
  beside,
  changeKeyResult,
  changeObjective,
  changeOf,
  type KeyResultChange,
  recordOkr,
  staleRefusal,
} from './changing.ts';
import type { KeyResultEntry, Reasons } from './core/entry.ts';
import { freeKey } from './core/key.ts';
import { noDate, type Promised, promisedOn } from './core/promise.ts';
import {
  insertKeyResult,
  insertTargetChange,
  type KeyResultState,
  updateKeyResult,
} from './key-result-store.ts';
import type { Saved } from './operations.ts';
import { listTakenKeys } from './store.ts';

export type SavedKeyResult = Saved & { objective: { id: number; title: string } };

/** Adds a key result to an objective. Refuses, beside the field, a backup who is the owner and a day before the cycle. */
export async function addKeyResult(
  db: Database,
  workspaceId: string,
  actor: Actor,
  objectiveId: number,
  entry: KeyResultEntry,
): Promise<Result<SavedKeyResult>> {
  const operation = 'add a key result';
  return await changeObjective(db, workspaceId, actor, objectiveId, operation, async (change) => {
    const { tx, objective, cycle } = change;
    const promised = promisedOn(noDate, entry.dueOn, null, cycle);
    if (!promised.ok) return beside(promised.field ?? 'due', refused('due', promised.words));
    const problem = ownBackupRefusal(entry);
    if (problem !== null) return problem;
    const base = keyBase(entry.title, 'key-result');
    const key = freeKey(base, await listTakenKeys(tx, workspaceId, base));
    const state = stateOf(entry, promised.value);
    const id = await insertKeyResult(tx, workspaceId, { objectiveId, key, entry: state });
    await recordOkr(change, 'key-result', id, 'created', {
      after: { key, objective_id: objectiveId, ...state },
    });
    await markHomes(tx, workspaceId, concerned(state));
    const { title } = objective.entry;
    return accepted({
      id,
      key,
      title: entry.title,
      cycleKey: cycle.key,
      objective: { id: objectiveId, title },
    });
  });
}

/**
 * Changes what the form of a key result shows. In a cycle that has started, a changed target and a slipped day need their
 * words and are kept. Another owner is told to what is under way for it. `stamp` as with `editObjective`.
 */
export async function editKeyResult(
  { db, ...moving }: { db: Database } & OkrMoving,
  workspaceId: string,
  actor: Actor,
  keyResultId: number,
  entry: KeyResultEntry,
  reasons: Reasons,
  stamp: string,
): Promise<Result<SavedKeyResult>> {
  return await changeKeyResult(db, workspaceId, actor, keyResultId, async (change) => {
    const { keyResult, objective, cycle } = change;
    const { entry: now } = keyResult;
    const problem =
      staleRefusal(now, stamp) ?? ownBackupRefusal(entry) ?? targetRefusal(change, entry, reasons);
    if (problem !== null) return problem;
    const present = { dueOn: now.due_on, firstDueOn: now.first_due_on, slips: now.slips };
    const promised = promisedOn(present, entry.dueOn, reasons.slip, cycle);
    if (!promised.ok) return beside(promised.field ?? 'due', refused('due', promised.words));
    const { hasSlipped, ...day } = promised.value;
    const wanted = stateOf(entry, day);
    if (changeOf(now, wanted) !== null) await updateKeyResult(change.tx, keyResultId, wanted);
    await keepChange(change, wanted, reasons, hasSlipped);
    if (wanted.owner_id !== now.owner_id) await tellOwner(moving, change, wanted.owner_id);
    await markHomes(change.tx, workspaceId, [...new Set([...concerned(now), ...concerned(wanted)])]);
    const { title } = objective.entry;
    return accepted({
      ...{ id: keyResultId, key: keyResult.key, title: entry.title, cycleKey: cycle.key },
      objective: { id: objective.id, title },
    });
  });
}

/** Records what has changed but the owner, which is a fact of its own, and keeps the target that was. */
async function keepChange(
  change: KeyResultChange,
  wanted: KeyResultState,
  reasons: Reasons,
  hasSlipped: boolean,
): Promise<void> {
  const { tx, workspaceId, at, keyResult, doer } = change;
  const { id, entry: now } = keyResult;
  const difference = changeOf(now, { ...wanted, owner_id: now.owner_id });
  if (difference === null) return;
  const hasNewTarget = now.target_value !== wanted.target_value;
  await recordOkr(change, 'key-result', id, 'changed', {
    before: difference.before,
    after: {
      ...difference.after,
      ...(hasNewTarget && reasons.target !== null ? { why_target: reasons.target } : {}),
      ...(hasSlipped ? { why_slipped: reasons.slip } : {}),
    },
  });
  if (hasNewTarget)
    await insertTargetChange(tx, {
      ...{ workspaceId, keyResultId: id, at, reason: reasons.target },
      byId: doer.kind === 'person' ? doer.personId : null,
      from: now.target_value,
      to: wanted.target_value,
    });
}

async function tellOwner(moving: OkrMoving, change: KeyResultChange, toId: number | null): Promise<void> {
  const { tx, workspaceId, at, doer, keyResult } = change;
  const { id, entry } = keyResult;
  const fromId = entry.owner_id;
  await recordOkr(change, 'key-result', id, 'given', { before: { owner: fromId }, after: { owner: toId } });
  await tellKeyResultMoved(moving, tx, { workspaceId, at, doer, keyResultId: id, fromId, toId });
}

function targetRefusal(
  { keyResult, cycle }: KeyResultChange,
  { measure }: KeyResultEntry,
  reasons: Reasons,
): Refusal | null {
  const isSame = keyResult.entry.target_value === measure.target;
  if (isSame || cycle.state === 'draft' || reasons.target !== null) return null;
  return beside('target-why', refused('no-reason', 'The target changes. A sentence is enough: why?'));
}

function ownBackupRefusal({ ownerId, backupId }: KeyResultEntry): Refusal | null {
  if (ownerId === null || ownerId !== backupId) return null;
  return beside(
    'backup',
    refused('own-backup', 'The owner cannot stand in for themself. Pick somebody else as backup.'),
  );
}

function stateOf(entry: KeyResultEntry, { dueOn, firstDueOn, slips }: Promised): KeyResultState {
  const { title, measure, commitment, ownerId, backupId } = entry;
  return {
    title,
    owner_id: ownerId,
    backup_id: backupId,
    type: measure.type,
    unit: measure.unit,
    direction: measure.direction,
    start_value: measure.start,
    target_value: measure.target,
    commitment,
    due_on: dueOn,
    first_due_on: firstDueOn,
    slips,
  };
}

function concerned({ owner_id, backup_id }: KeyResultState): number[] {
  return [...new Set([owner_id, backup_id])].filter((id) => id !== null);
}
