import type { Temporal } from 'temporal-polyfill';
import { may, type Operation, type Role } from '../../../permission/permissions.ts';
import { type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import { stampOf } from '../../../platform/core/stamp.ts';
import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database, Tx } from '../../../platform/db/database.ts';
import { type Doer, recordEvent } from '../../../platform/db/events.ts';
import { type State, sortOut } from '../../../platform/db/importing.ts';
import { inTransaction, submissionTimeoutMs } from '../../../platform/db/transaction.ts';
import { inline, personMention } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import { leadsTeam } from '../../people/roles.ts';
import { type Cycle, overWords } from '../core/cycle.ts';
import { showPlannings } from '../planning/showing.ts';
import { lockCycle } from './cycle-store.ts';
import { findKeyResult, type KeyResultRow, lockKeyResult } from './key-result-store.ts';
import { findRolesOnKeyResult, findRolesOnObjective, findWhoMay } from './role-store.ts';
import { findObjective, lockObjective, lockObjectives, type ObjectiveRow } from './store.ts';

/** One change of OKRs by a person: its transaction, moment and doer. */
export type Change = { tx: Tx; workspaceId: string; at: Temporal.Instant; doer: Doer };
export type ObjectiveChange = Change & { objective: ObjectiveRow; cycle: Cycle; roles: Role[] };
export type KeyResultChange = ObjectiveChange & { keyResult: KeyResultRow };

export const unknownOkr = refused('unknown', 'That is not among the OKRs any more.');

/** One change at a time in a workspace, which plannings that are open show at once; what it refuses, it must refuse before anything is changed. */
export async function changeOkrs<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  work: (change: Change) => Promise<Result<T>>,
): Promise<Result<T>> {
  return await inTransaction(
    db,
    async (tx) => {
      await lockObjectives(tx, workspaceId);
      const at = await companyNow(tx, workspaceId);
      const result = await work({ tx, workspaceId, at, doer: { kind: 'person', personId: actor.id } });
      if (result.ok) await showPlannings(tx, workspaceId);
      return result;
    },
    { timeoutMs: submissionTimeoutMs },
  );
}

/** Locks an objective and its cycle, and checks that the actor sees it and may do this at this moment. */
export async function changeObjective<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  objectiveId: number,
  operation: Operation,
  work: (change: ObjectiveChange) => Promise<Result<T>>,
): Promise<Result<T>> {
  return await changeOkrs(db, workspaceId, actor, async (change) => {
    await lockObjective(change.tx, workspaceId, objectiveId);
    const found = await reachObjective(change, actor, objectiveId);
    if (!found.ok) return found;
    const { objective, cycle } = found.value;
    const own = await findRolesOnObjective(change.tx, objectiveId, actor.id);
    const roles = rolesOf(actor, own);
    const problem = await refusalFor(change.tx, {
      objective,
      cycle,
      roles,
      operation,
      title: objective.entry.title,
    });
    return problem ?? (await work({ ...change, objective, cycle, roles }));
  });
}

/** The same with a key result, its objective and its cycle. */
export async function changeKeyResult<T>(
  db: Database,
  workspaceId: string,
  actor: Actor,
  keyResultId: number,
  work: (change: KeyResultChange) => Promise<Result<T>>,
): Promise<Result<T>> {
  return await changeOkrs(db, workspaceId, actor, async (change) => {
    await lockKeyResult(change.tx, workspaceId, keyResultId);
    const keyResult = await findKeyResult(change.tx, workspaceId, keyResultId, actor.id);
    if (keyResult === undefined) return unknownOkr;
    const found = await reachObjective(change, actor, keyResult.objectiveId);
    if (!found.ok) return found;
    const { objective, cycle } = found.value;
    const roles = rolesOf(actor, await findRolesOnKeyResult(change.tx, keyResultId, actor.id));
    const { title } = keyResult.entry;
    const operation = 'edit a key result';
    const problem =
      (await refusalFor(change.tx, { objective, cycle, roles, operation, title })) ??
      (keyResult.state === 'active' ? null : overRefusal(title));
    return problem ?? (await work({ ...change, objective, cycle, roles, keyResult }));
  });
}

async function reachObjective(
  { tx, workspaceId }: Change,
  actor: Actor,
  objectiveId: number,
): Promise<Result<{ objective: ObjectiveRow; cycle: Cycle }>> {
  const objective = await findObjective(tx, workspaceId, objectiveId, actor.id);
  if (objective === undefined) return unknownOkr;
  const cycle = await lockCycle(tx, workspaceId, objective.entry.cycle_id, 'share');
  if (cycle === undefined) throw new Error(`the cycle of objective ${objectiveId} is not there`);
  return { ok: true, value: { objective, cycle } };
}

export function rolesOf(actor: Actor, own: readonly Role[]): Role[] {
  return [...(actor.isAdmin ? (['admin'] as const) : []), ...own, 'member'];
}

/** What the actor is to a team's OKRs: its lead, an admin, and always a member. */
export async function rolesInTeam(
  db: Database,
  workspaceId: string,
  actor: Actor,
  teamId: number | null,
): Promise<Role[]> {
  return rolesOf(actor, (await leadsTeam(db, workspaceId, teamId, actor.id)) ? ['lead'] : []);
}

/** Whether this may be done with an objective or a key result of it, called `title`, at this moment; says whom to ask. */
export async function refusalFor(
  db: Database,
  on: { objective: ObjectiveRow; cycle: Cycle; roles: readonly Role[]; operation: Operation; title: string },
): Promise<Refusal | null> {
  if (!may(on.operation, on.roles)) {
    const { owner, lead } = await findWhoMay(db, on.objective.id);
    const whom = [owner, lead].filter((it) => it !== null).map(personMention);
    const ask = whom.length === 0 ? 'one of your Cairn admins' : [...new Set(whom)].join(' or ');
    return refused('not-yours', `You can look at *${inline(on.title)}*, but not change it. Ask ${ask}.`);
  }
  return (
    cycleRefusal(on.cycle, on.roles) ??
    (on.objective.state === 'active' ? null : overRefusal(on.objective.entry.title))
  );
}

/** That something is over. */
export function overRefusal(title: string): Refusal {
  return refused('over', `*${inline(title)}* is over, so nothing of it is changed any more.`);
}

/** Why nothing is added to or changed in a cycle by somebody with these roles; null: they may. */
export function cycleRefusal(cycle: Cycle, roles: readonly Role[]): Refusal | null {
  const { key, state } = cycle;
  const over = overWords(cycle);
  if (over !== null) return refused(state, over);
  if (state === 'draft' && !may('add to a cycle in draft', roles))
    return refused(
      'draft',
      `${key} is a draft. Until it starts, leads write it for their teams, and admins.`,
    );
  return null;
}

/** A field's refusal: its words stand beside it. */
export function beside(field: string, refusal: Refusal): Refusal {
  return { ...refusal, field };
}

/** What is to change of an entry, and nothing of what is not; null: nothing. */
export function changeOf<S extends State>(
  now: S,
  wanted: S,
): { before: Partial<S>; after: Partial<S> } | null {
  const [change] = sortOut(new Map([['', wanted]]), new Map([['', now]])).changed;
  return change === undefined ? null : { before: change.before, after: change.after };
}

export function staleRefusal(entry: State, stamp: string): Refusal | null {
  if (stampOf(entry) === stamp) return null;
  const words =
    'Somebody has changed it since you opened this form. Copy what you typed, close the form and open it again.';
  return beside('title', refused('changed-meanwhile', words));
}

/** Records what has happened to an objective, a key result or a cycle. */
export async function recordOkr(
  { tx, workspaceId, at, doer }: Change,
  kind: 'objective' | 'key-result' | 'cycle',
  id: number,
  what: string,
  change: { before?: unknown; after?: unknown },
): Promise<void> {
  await recordEvent(tx, { workspaceId, at, doer, type: `${kind}.${what}`, subject: { kind, id }, ...change });
}
