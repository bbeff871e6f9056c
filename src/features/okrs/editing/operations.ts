import { markHomes } from '../../../delivery/homes.ts';
import { may } from '../../../permission/permissions.ts';
import { accepted, type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import { keyBase } from '../../ownership/register/core/entry.ts';
import type { Actor } from '../../people/core/person.ts';
import { type OkrMoving, tellKeyResultsEnded } from '../moved.ts';
import {
  beside,
  type Change,
  changeObjective,
  changeOf,
  changeOkrs,
  cycleRefusal,
  recordOkr,
  rolesInTeam,
  staleRefusal,
} from './changing.ts';
import type { ObjectiveEntry, Support } from './core/entry.ts';
import { freeKey } from './core/key.ts';
import { lockCycle } from './cycle-store.ts';
import { lockActive } from './key-result-store.ts';
import { insertObjective, listTakenKeys, type ObjectiveState, updateObjective } from './store.ts';
import { checkSupport } from './supporting.ts';
import { missingTeam } from './team-store.ts';

export type Saved = { id: number; key: string; title: string; cycleKey: string };

/**
 * Adds an objective. Refuses, beside the field, a cycle that is closed, being graded, or a draft that the actor may not
 * write, and what it cannot support.
 */
export async function addObjective(
  db: Database,
  workspaceId: string,
  actor: Actor,
  entry: ObjectiveEntry,
): Promise<Result<Saved>> {
  return await changeOkrs(db, workspaceId, actor, async (change) => {
    const roles = await rolesInTeam(change.tx, workspaceId, actor, entry.teamId);
    if (!may('add an objective', roles)) return refused('not-yours', 'Only members add objectives.');
    const checked = await checkEntry(change, actor, entry, null);
    if (!checked.ok) return checked;
    const { state, cycleKey } = checked.value;
    const base = keyBase(entry.title, 'objective');
    const key = freeKey(base, await listTakenKeys(change.tx, workspaceId, base));
    const id = await insertObjective(change.tx, workspaceId, {
      ...{ key, entry: state, supports: checked.value.supports },
      createdBy: actor.id,
    });
    await recordOkr(change, 'objective', id, 'created', { after: { key, ...state } });
    await markHomes(change.tx, workspaceId, concerned(state));
    return accepted({ id, key, title: state.title, cycleKey });
  });
}

/**
 * Changes what the form of an objective shows. `stamp` is of the entry that the form was filled with: refuses, beside the
 * field, one that somebody has changed since. Its key results are asked about no more while it waits in a draft.
 */
export async function editObjective(
  { db, ...moving }: { db: Database } & OkrMoving,
  workspaceId: string,
  actor: Actor,
  objectiveId: number,
  entry: ObjectiveEntry,
  stamp: string,
): Promise<Result<Saved>> {
  const operation = 'edit an objective';
  return await changeObjective(db, workspaceId, actor, objectiveId, operation, async (change) => {
    const { tx, at, doer, objective } = change;
    const stale = staleRefusal(objective.entry, stamp);
    if (stale !== null) return stale;
    const checked = await checkEntry(change, actor, entry, { id: objectiveId, ...objective.entry });
    if (!checked.ok) return checked;
    const { state, cycleKey, isActive, supports } = checked.value;
    const difference = changeOf(objective.entry, state);
    if (difference !== null) {
      await updateObjective(tx, workspaceId, objectiveId, state, supports);
      await recordOkr(change, 'objective', objectiveId, 'changed', difference);
      await markHomes(tx, workspaceId, [...new Set([...concerned(objective.entry), ...concerned(state)])]);
    }
    if (change.cycle.state === 'active' && !isActive) {
      const keyResultIds = (await lockActive(tx, workspaceId, { objectiveId })).map(({ id }) => id);
      await tellKeyResultsEnded(moving, tx, { workspaceId, at, doer, keyResultIds, why: 'paused' });
    }
    return accepted({ id: objectiveId, key: objective.key, title: state.title, cycleKey });
  });
}

/** Everything that a form may say wrongly of an objective. `present` null: it is new. */
async function checkEntry(
  { tx, workspaceId }: Change,
  actor: Actor,
  entry: ObjectiveEntry,
  present: ({ id: number } & ObjectiveState) | null,
): Promise<Result<{ state: ObjectiveState; supports: Support | null; cycleKey: string; isActive: boolean }>> {
  const cycle = await lockCycle(tx, workspaceId, entry.cycleId, 'share');
  if (cycle === undefined)
    return beside('cycle', refused('unknown-cycle', 'Pick one of the cycles that are there.'));
  if (cycle.id !== present?.cycle_id) {
    const problem = cycleRefusal(cycle, await rolesInTeam(tx, workspaceId, actor, entry.teamId));
    if (problem !== null) return beside('cycle', problem);
  }
  const teams = [...new Set(entry.needs)].sort((a, b) => a - b);
  if (await missingTeam(tx, workspaceId, entry.teamId === null ? [] : [entry.teamId]))
    return beside('team', refused('unknown-team', 'Pick one of the teams that are there.'));
  if (await missingTeam(tx, workspaceId, teams))
    return beside('needs', refused('unknown-team', 'Pick teams that are there.'));
  if (entry.teamId !== null && teams.includes(entry.teamId))
    return beside(
      'needs',
      refused('own-team', 'That is its own team. Pick others of which it needs something.'),
    );
  const supports = await checkSupport({ tx, workspaceId }, actor, entry, present);
  if (!supports.ok) return supports;
  const viewers = entry.visibility === 'people' ? [...new Set(entry.viewers)] : [];
  return accepted({
    cycleKey: cycle.key,
    isActive: cycle.state === 'active',
    supports: supports.value.on,
    state: {
      title: entry.title,
      cycle_id: cycle.id,
      owner_id: entry.ownerId,
      team_id: entry.teamId,
      reviewer_id: entry.reviewerId,
      supports: supports.value.key,
      needs: teams,
      visibility: entry.visibility,
      viewers: viewers.sort((a, b) => a - b),
    },
  });
}

function concerned({ owner_id, reviewer_id }: ObjectiveState): number[] {
  return [...new Set([owner_id, reviewer_id])].filter((id) => id !== null);
}
