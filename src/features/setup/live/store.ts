import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { LiveTeam } from './core/live.ts';

export type SetupRow = {
  ritual: string;
  schedule: string;
  timezone: string;
  pilotTeamId: number | null;
};

/** The first ritual of a workspace, if one was set up. */
export async function findSetup(db: Database, workspaceId: string): Promise<SetupRow | undefined> {
  return await db
    .selectFrom('setups')
    .select(['ritual', 'schedule', 'timezone', 'pilot_team_id as pilotTeamId'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
}

/**
 * Of two who save or go live at once the second waits, and sees what the first has done. Says whether the workspace is
 * quiet, and whether a person is still an admin who is there.
 */
export async function lockLive(
  tx: Tx,
  workspaceId: string,
  personId: number,
): Promise<{ isQuiet: boolean; isAdmin: boolean }> {
  const { rows } = await sql<{ isQuiet: boolean }>`
    select quiet_since is not null as "isQuiet" from workspaces where id = ${workspaceId} for no key update`.execute(
    tx,
  );
  const person = await tx
    .selectFrom('people')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', personId)
    .where('deactivated_at', 'is', null)
    .where((eb) => eb.or([eb('is_admin', '=', true), eb('is_slack_admin', '=', true)]))
    .executeTakeFirst();
  return { isQuiet: rows[0]?.isQuiet === true, isAdmin: person !== undefined };
}

/** The teams by name: their channel, how many people they have in Slack, and the cadence of the set-up. */
export async function listLiveTeams(db: Database, workspaceId: string): Promise<LiveTeam[]> {
  const channel = sql`json_build_object('id', h.id, 'slackId', h.slack_id, 'name', h.name,
    'hasCairn', h.has_cairn, 'isArchived', h.archived_at is not null)`;
  const { rows } = await sql<LiveTeam>`
    select t.id, t.name, t.live_at as "liveAt", s.cadence_id as "cadenceId", c.state as "cadenceState",
      case when h.id is not null then ${channel} end as channel,
      (select count(*)::int from people p where p.workspace_id = t.workspace_id and p.slack_id is not null
        and p.deactivated_at is null and p.kind = 'member'
        and (p.id = t.lead_id or exists (select from team_members m where m.team_id = t.id and m.person_id = p.id))
      ) as people
    from teams t
    left join setup_rituals s on s.team_id = t.id
    left join cadences c on c.id = s.cadence_id
    left join channels h on h.id = coalesce(c.channel_id, t.channel_id)
    where t.workspace_id = ${workspaceId}
    order by lower(t.name), t.id`.execute(db);
  return rows;
}

export async function saveSetup(
  tx: Tx,
  workspaceId: string,
  setup: { ritual: string; schedule: string; timezone: string; savedBy: number; savedAt: Temporal.Instant },
): Promise<void> {
  const row = {
    ritual: setup.ritual,
    schedule: setup.schedule,
    timezone: setup.timezone,
    saved_by: setup.savedBy,
    saved_at: setup.savedAt.toString(),
  };
  await tx
    .insertInto('setups')
    .values({ workspace_id: workspaceId, ...row })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row))
    .execute();
}

/** By this cadence a team holds the ritual from now on. */
export async function saveSetupRitual(
  tx: Tx,
  workspaceId: string,
  teamId: number,
  cadenceId: number,
): Promise<void> {
  await tx
    .insertInto('setup_rituals')
    .values({ workspace_id: workspaceId, team_id: teamId, cadence_id: cadenceId })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'team_id']).doNothing())
    .execute();
}

/** A team is taken out of the set-up, and its cadence with it: ended where it was held before, else as if never set up. */
export async function dropSetupRitual(tx: Tx, teamId: number, cadenceId: number): Promise<void> {
  await tx.deleteFrom('setup_rituals').where('team_id', '=', teamId).execute();
  await tx
    .updateTable('cadences')
    .set({ state: 'ended', next_due_at: null, pause_reason: null, paused_at: null })
    .where('id', '=', cadenceId)
    .execute();
}

export async function saveLive(
  tx: Tx,
  teamIds: readonly number[],
  at: Temporal.Instant | null,
): Promise<void> {
  await sql`update teams set live_at = ${at?.toString() ?? null}::timestamptz where id = any(${teamIds}::bigint[])`.execute(
    tx,
  );
}

export async function savePilot(tx: Tx, workspaceId: string, teamId: number): Promise<void> {
  await tx
    .updateTable('setups')
    .set({ pilot_team_id: teamId })
    .where('workspace_id', '=', workspaceId)
    .execute();
}

export async function savePaused(
  tx: Tx,
  cadenceId: number,
  at: Temporal.Instant,
  reason: string,
): Promise<boolean> {
  const result = await tx
    .updateTable('cadences')
    .set({ state: 'paused', paused_at: at.toString(), pause_reason: reason })
    .where('id', '=', cadenceId)
    .where('state', '=', 'active')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
