import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import { notLiveReason } from './not-live.ts';

/** Whether the team `t` is one of the cadence `c`: named in it, or, of one that names none, at home in its channel. */
const isOf = sql`t.workspace_id = c.workspace_id and (
  exists (select from cadence_teams chosen where chosen.cadence_id = c.id and chosen.team_id = t.id)
  or t.channel_id = c.channel_id and not exists (select from cadence_teams any_team where any_team.cadence_id = c.id))`;

/**
 * Whether a cadence `c` of a workspace `w` may come: always where it is not quiet; else when one of its teams is live,
 * or, where it has none, when its channel may be told.
 */
const mayCome = sql`(
  w.quiet_since is null
  or exists (select from teams t where t.live_at is not null and ${isOf})
  or not exists (select from teams t where ${isOf}) and may_be_told(w.id, null, c.channel_id))`;

/** Whether it may come at this moment, and whether any team is live. */
export async function readQuiet(
  db: Database,
  cadenceId: number,
): Promise<{ mayCome: boolean; isAnyLive: boolean }> {
  const { rows } = await sql<{ mayCome: boolean; isAnyLive: boolean }>`
    select ${mayCome} as "mayCome",
      exists (select from teams t where t.workspace_id = w.id and t.live_at is not null) as "isAnyLive"
    from cadences c join workspaces w on w.id = c.workspace_id where c.id = ${cadenceId}`.execute(db);
  return rows[0] ?? { mayCome: true, isAnyLive: false };
}

/** Whether an active cadence may not come while the workspace is quiet. */
export async function isAnyNotLive(db: Database, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ isAny: boolean }>`
    select w.quiet_since is not null and exists (
      select from cadences c where c.workspace_id = w.id and c.state = 'active' and not ${mayCome}) as "isAny"
    from workspaces w where w.id = ${workspaceId}`.execute(db);
  return rows[0]?.isAny === true;
}

/** Pauses the active cadences of a workspace that may not come while it is quiet, or one of them. Gives their ids. */
export async function pauseNotLive(
  tx: Tx,
  workspaceId: string,
  at: Temporal.Instant,
  id: number | null = null,
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    update cadences c set state = 'paused', paused_at = ${at.toString()}, pause_reason = ${notLiveReason}
    from workspaces w
    where c.workspace_id = ${workspaceId} and c.state = 'active' and w.id = c.workspace_id
      and w.quiet_since is not null and not ${mayCome}
      and (${id}::bigint is null or c.id = ${id}::bigint)
    returning c.id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Those that are paused because they were not live, and may come now. */
export async function listMayCome(db: Database, workspaceId: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select c.id from cadences c join workspaces w on w.id = c.workspace_id
    where c.workspace_id = ${workspaceId} and c.state = 'paused' and c.pause_reason = ${notLiveReason} and ${mayCome}
    order by c.id`.execute(db);
  return rows.map(({ id }) => id);
}
