import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { HandoffStep } from '../../platform/db/tables.ts';

export type DueStep = { handoffId: number; step: HandoffStep; dueAt: Temporal.Instant };

/** What the clock will do for a handoff from now on, instead of what it would have done. */
export async function replaceSteps(
  tx: Tx,
  workspaceId: string,
  handoffId: number,
  steps: readonly { step: HandoffStep; dueAt: Temporal.Instant }[],
): Promise<void> {
  await tx.deleteFrom('handoff_steps').where('handoff_id', '=', handoffId).execute();
  if (steps.length === 0) return;
  await tx
    .insertInto('handoff_steps')
    .values(
      steps.map(({ step, dueAt }) => ({
        workspace_id: workspaceId,
        handoff_id: handoffId,
        step,
        due_at: dueAt.toString(),
      })),
    )
    .execute();
}

/**
 * Takes a step off the list that is due at `at`; false when another process was first, or whoever moved the handoff has
 * planned it for another time.
 */
export async function takeStep(tx: Tx, { handoffId, step }: DueStep, at: Temporal.Instant): Promise<boolean> {
  const taken = await tx
    .deleteFrom('handoff_steps')
    .where('handoff_id', '=', handoffId)
    .where('step', '=', step)
    .where('due_at', '<=', sql<Temporal.Instant>`${at.toString()}::timestamptz`)
    .executeTakeFirst();
  return taken.numDeletedRows > 0n;
}

/** What is due by company time, the oldest first. */
export async function listDueSteps(db: Database, workspaceId: string, limit: number): Promise<DueStep[]> {
  return await db
    .selectFrom('handoff_steps as s')
    .innerJoin('workspaces as w', 'w.id', 's.workspace_id')
    .select(['s.handoff_id as handoffId', 's.step', 's.due_at as dueAt'])
    .where('s.workspace_id', '=', workspaceId)
    .where(sql<boolean>`s.due_at <= company_now(w)`)
    .orderBy('s.due_at')
    .orderBy('s.handoff_id')
    .orderBy('s.step')
    .limit(limit)
    .execute();
}

/** The soonest step after `after`, with what it is about. */
export async function findNextStep(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ step: HandoffStep; dueAt: Temporal.Instant; title: string } | undefined> {
  return await db
    .selectFrom('handoff_steps as s')
    .innerJoin('handoffs as h', 'h.id', 's.handoff_id')
    .leftJoin('rocks as r', 'r.id', 'h.rock_id')
    .select((eb) => [
      's.step',
      's.due_at as dueAt',
      eb.fn.coalesce('r.name', 'h.work', eb.val('')).as('title'),
    ])
    .where('s.workspace_id', '=', workspaceId)
    .where('s.due_at', '>', sql<Temporal.Instant>`${after.toString()}::timestamptz`)
    .orderBy('s.due_at')
    .executeTakeFirst();
}
