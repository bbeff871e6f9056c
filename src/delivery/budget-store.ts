import { sql } from 'kysely';
import type { Database, Tx } from '../platform/db/database.ts';
import type { BudgetName } from '../platform/db/tables.ts';
import type { Limits } from './limits.ts';

/** How a bucket of tokens fills, and how many it holds. */
export type Rate = { perSecond: number; capacity: number };

/** What a workspace may do now of a kind. */
export type Budget = {
  tokens: number;
  /** Milliseconds for which Slack asked everybody to wait; 0: it did not. */
  pausedMs: number;
};

export function rateOf(name: BudgetName, limits: Limits): Rate {
  switch (name) {
    case 'posts':
      return { perSecond: limits.postsPerSecond, capacity: limits.burst };
    case 'edits':
      return { perSecond: limits.editsPerMinute / 60, capacity: limits.editBurst };
    case 'reads':
      return { perSecond: limits.readsPerMinute / 60, capacity: limits.readBurst };
  }
}

/**
 * Fills a budget up to now and locks it to the end of the transaction, so that claims of all replicas come one after
 * the other. A transaction that had to wait has an earlier time than the one before it: that fills nothing. A clock
 * that was set back by more does not stop the filling.
 */
export async function openBudget(
  tx: Tx,
  workspaceId: string,
  name: BudgetName,
  { perSecond, capacity }: Rate,
): Promise<Budget> {
  const { rows } = await sql<Budget>`
    insert into budgets (workspace_id, name, tokens, filled_at)
    values (${workspaceId}, ${name}, ${capacity}, machine_now())
    on conflict (workspace_id, name) do update set
      tokens = least(${capacity}, budgets.tokens
        + ${perSecond}::float8 * greatest(0, extract(epoch from machine_now() - budgets.filled_at)::float8)),
      filled_at = case when budgets.filled_at between machine_now() and machine_now() + interval '10 s'
        then budgets.filled_at else machine_now() end
    returning tokens,
      greatest(0, coalesce(extract(epoch from paused_until - machine_now()) * 1000, 0))::float8 as "pausedMs"`.execute(
    tx,
  );
  const [budget] = rows;
  if (budget === undefined) throw new Error(`the budget ${name} of ${workspaceId} is not there`);
  return budget;
}

export async function spend(tx: Tx, workspaceId: string, name: BudgetName, count: number): Promise<void> {
  await tx
    .updateTable('budgets')
    .set((eb) => ({ tokens: eb('tokens', '-', count) }))
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .execute();
}

/** Slack asked to wait: nobody makes such a call before that is over. A shorter wait does not end a longer one. */
export async function pauseBudget(
  db: Database,
  workspaceId: string,
  name: BudgetName,
  pauseMs: number,
): Promise<void> {
  await sql`
    insert into budgets (workspace_id, name, tokens, filled_at, paused_until)
    values (${workspaceId}, ${name}, 0, machine_now(), machine_now() + make_interval(secs => ${pauseMs / 1000}))
    on conflict (workspace_id, name) do update
      set paused_until = greatest(budgets.paused_until, excluded.paused_until)`.execute(db);
}

/** Whether Slack has asked to wait with such calls, and that is not over. */
export async function isPaused(db: Database, workspaceId: string, name: BudgetName): Promise<boolean> {
  const { rows } = await sql<{ paused: boolean }>`
    select paused_until > machine_now() as paused from budgets
    where workspace_id = ${workspaceId} and name = ${name}`.execute(db);
  return rows[0]?.paused === true;
}
