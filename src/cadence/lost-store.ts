import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import type { Choice } from './batches.ts';
import type { LostChannel } from './core/lost-channel.ts';

/** An active cadence whose channel takes no messages any more. */
export type LostCadence = LostChannel & {
  id: number;
  /** Its key. */
  cadence: string;
  ritual: string;
  createdBy: number | null;
  channel: { slackId: string | null; name: string };
  now: Temporal.Instant;
};

/** Locks active cadences whose channel is archived or lost. */
export async function lockLost(
  tx: Tx,
  workspaceId: string,
  { limit, after, id }: Choice<LostCadence>,
): Promise<LostCadence[]> {
  const { rows } = await sql<LostCadence>`
    select c.id, c.key as cadence, c.ritual, c.created_by as "createdBy", company_now(w) as now,
      h.archived_at is not null as "isArchived", h.lost_reason as "lostReason",
      json_build_object('slackId', h.slack_id, 'name', h.name) as channel
    from channels h
    join cadences c on c.channel_id = h.id
    join workspaces w on w.id = c.workspace_id
    where h.workspace_id = ${workspaceId} and (h.archived_at is not null or h.lost_reason is not null)
      and c.state = 'active' and c.id > ${after?.id ?? 0}
      and (${id ?? null}::bigint is null or c.id = ${id ?? null}::bigint)
    order by c.id
    limit ${limit}
    for no key update of c skip locked`.execute(tx);
  return rows;
}

/** Pauses cadences, each with its reason. */
export async function savePauses(
  tx: Tx,
  at: Temporal.Instant,
  paused: readonly { id: number; reason: string }[],
): Promise<void> {
  await sql`
    update cadences c set state = 'paused', pause_reason = g.reason, paused_at = ${at.toString()}
    from json_to_recordset(${JSON.stringify(paused)}::json) as g (id bigint, reason text)
    where c.id = g.id`.execute(tx);
}

/** Who of these people can be told in Slack, and the workspace's admins who can. */
export async function listTellable(
  db: Database,
  workspaceId: string,
  ids: readonly number[],
): Promise<{ id: number; isAdmin: boolean }[]> {
  return await db
    .selectFrom('people')
    .select(['id', sql<boolean>`is_slack_admin or is_admin`.as('isAdmin')])
    .where('workspace_id', '=', workspaceId)
    .where('slack_id', 'is not', null)
    .where('deactivated_at', 'is', null)
    .where('kind', '=', 'member')
    .where((eb) =>
      eb.or([sql<boolean>`is_slack_admin or is_admin`, sql<boolean>`id = any(${ids}::bigint[])`]),
    )
    .orderBy('id')
    .execute();
}
