import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';

/** Rocks that are to be looked at again by now and of which nobody was told, and whom it concerns. */
export type ToLookAt = {
  id: number;
  name: string;
  on: Temporal.PlainDate;
  reason: string | null;
  byId: number | null;
  leadId: number | null;
};

/** Nine o'clock of the workspace's zone on the day that was said. */
const lookAt = sql`((r.look_again_on + time '09:00') at time zone w.timezone)`;
const isUntold = sql<boolean>`r.state = 'set-down' and r.look_again_on is not null
  and r.looked_again_on is distinct from r.look_again_on`;

export async function takeToLookAt(tx: Tx, workspaceId: string): Promise<ToLookAt[]> {
  const { rows } = await sql<ToLookAt>`
    with due as (
      select r.id, t.lead_id from rocks r
      join workspaces w on w.id = r.workspace_id
      left join teams t on t.id = r.team_id
      where r.workspace_id = ${workspaceId} and ${isUntold} and ${lookAt} <= company_now(w)
      order by r.id limit 50 for update of r skip locked)
    update rocks r set looked_again_on = r.look_again_on from due where r.id = due.id
    returning r.id, r.name, r.look_again_on as "on", r.set_down_reason as reason, r.set_down_by as "byId",
      due.lead_id as "leadId"`.execute(tx);
  return rows;
}

export async function findNextToLookAt(
  db: Database,
  workspaceId: string,
  after: Temporal.Instant,
): Promise<{ at: Temporal.Instant; name: string } | undefined> {
  const { rows } = await sql<{ at: Temporal.Instant; name: string }>`
    select ${lookAt} as at, r.name from rocks r join workspaces w on w.id = r.workspace_id
    where r.workspace_id = ${workspaceId} and ${isUntold} and ${lookAt} > ${after.toString()}::timestamptz
    order by 1 limit 1`.execute(db);
  return rows[0];
}
