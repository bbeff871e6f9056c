import { may } from '../../../permission/permissions.ts';
import { accepted, type Refusal, type Result, refused } from '../../../platform/core/result.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import type { Actor } from '../../people/core/person.ts';
import type { Cycle } from '../core/cycle.ts';
import { changeOkrs, rolesOf } from '../editing/changing.ts';
import { moveCycle } from '../editing/cycle-operations.ts';
import { listCycles, lockCycle } from '../editing/cycle-store.ts';
import { leadsInCycle } from '../grading/store.ts';
import type { OkrMoving } from '../moved.ts';
import { gapsOf } from './core/plan.ts';
import { listPlanned } from './store.ts';

const unknownCycle = refused('unknown-cycle', 'That cycle is not there any more.');

/** What starting a draft would begin, for somebody who may: leads of its teams, and admins. */
export async function askToStart(
  db: Database,
  workspaceId: string,
  actor: Actor,
  cycleId: number,
): Promise<Result<{ cycle: Cycle; gaps: number }>> {
  const cycle = (await listCycles(db, workspaceId)).find(({ id }) => id === cycleId);
  if (cycle === undefined) return unknownCycle;
  const problem = await startRefusal(db, actor, cycle);
  if (problem !== null) return problem;
  const objectives = await listPlanned(db, cycleId, null);
  return accepted({ cycle, gaps: objectives.filter((it) => gapsOf(it).length > 0).length });
}

/** A planned draft becomes active. Refuses what is not a draft any more. */
export async function startPlanned(
  { db, ...moving }: { db: Database } & OkrMoving,
  workspaceId: string,
  actor: Actor,
  cycleId: number,
): Promise<Result<Cycle>> {
  return await changeOkrs(db, workspaceId, actor, async ({ tx, at, doer }) => {
    const cycle = await lockCycle(tx, workspaceId, cycleId, 'update');
    if (cycle === undefined) return unknownCycle;
    const problem = await startRefusal(tx, actor, cycle);
    if (problem !== null) return problem;
    await moveCycle(moving, tx, { workspaceId, cycleId, to: 'active', at, doer });
    return accepted({ ...cycle, state: 'active' });
  });
}

async function startRefusal(db: Database, actor: Actor, cycle: Cycle): Promise<Refusal | null> {
  const own = (await leadsInCycle(db, cycle.id, actor.id)) ? (['lead'] as const) : [];
  if (!may('start a cycle that was planned', rolesOf(actor, own)))
    return refused(
      'not-yours',
      'Leads who have drafted something in it and Cairn admins start it. Ask one of them.',
    );
  if (cycle.state === 'draft') return null;
  const key = inline(cycle.key);
  return cycle.state === 'closed'
    ? refused('closed', `${key} is closed. Nothing in it changes any more.`)
    : refused('started', `${key} has started already.`);
}
