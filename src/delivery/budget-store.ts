import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
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
      greatest(0, coalesce((select extract(epoch from p.until - machine_now()) * 1000 from pauses p
        where p.workspace_id = ${workspaceId} and p.name = ${name}), 0))::float8 as "pausedMs"`.execute(tx);
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
