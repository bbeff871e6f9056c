import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';

/** An item whose owner is due to be asked; `ownerId` null: nobody can be. */
export type ToAsk = { id: number; asked: number; ownerId: number | null };

/** Takes the items that are due to be asked about, counted as asked; others that are being changed come next time. */
export async function takeToAsk(
  tx: Tx,
  workspaceId: string,
  now: Temporal.Instant,
  most: number,
): Promise<ToAsk[]> {
  const { rows } = await sql<ToAsk>`
    update roadmap_items i set ask_at = null, asked = i.asked + 1
    where i.id in (select d.id from roadmap_items d
      where d.workspace_id = ${workspaceId} and d.ask_at <= ${now.toString()}::timestamptz
      order by d.ask_at, d.id limit ${most} for update skip locked)
    returning i.id, i.asked, (select p.id from people p
      where p.id = i.owner_id and p.deactivated_at is null and p.slack_id is not null) as "ownerId"`.execute(
    tx,
  );
  return rows.sort((a, b) => a.id - b.id);
}

/** The soonest moment after another at which somebody is asked. */
export async function findNextToAsk(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ at: Temporal.Instant; title: string } | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant; title: string }>`
    select ask_at as at, title from roadmap_items
    where workspace_id = ${workspaceId} and ask_at > ${after.toString()}::timestamptz
    order by ask_at, id limit 1`.execute(db);
  return rows[0];
}

/** The key results of an objective as they stand, where the viewer sees the objective. */
export async function listNumbers(
  db: Database,
  workspaceId: string,
  itemId: number,
  viewerId: number,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select k.id from roadmap_items i
    join objectives o on o.id = i.objective_id and sees_objective(o, ${viewerId})
    join key_results k on k.objective_id = o.id and k.state <> 'dropped'
    where i.workspace_id = ${workspaceId} and i.id = ${itemId}
    order by k.position, k.id`.execute(db);
  return rows.map(({ id }) => id);
}
