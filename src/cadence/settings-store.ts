import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';
import type { CadenceChannel } from './core/cadence.ts';
import type { OnHoliday } from './core/exclusions.ts';
import type { Period } from './core/period.ts';
import { tzVersion } from './tz-version.ts';

/** What people set in a cadence. */
export type CadenceSettings = {
  ritual: string;
  channelId: number;
  schedule: string;
  timezone: string;
  period: Period;
  startsOn: Temporal.PlainDate | null;
  onHoliday: OnHoliday;
  cycle: string;
  nudgeAfter: string | null;
  closeAfter: string | null;
  teamIds: readonly number[];
};

const rowOf = (settings: CadenceSettings) => ({
  ritual: settings.ritual,
  channel_id: settings.channelId,
  schedule: settings.schedule,
  timezone: settings.timezone,
  period: settings.period,
  starts_on: settings.startsOn?.toString() ?? null,
  on_holiday: settings.onHoliday,
  cycle: settings.cycle,
  nudge_after: settings.nudgeAfter,
  close_after: settings.closeAfter,
});

/** Adds a cadence; undefined when its key was taken at this moment. */
export async function insertCadence(
  tx: Tx,
  workspaceId: string,
  cadence: CadenceSettings & { key: string; createdBy: number; nextDueAt: Temporal.Instant | null },
): Promise<number | undefined> {
  const row = await tx
    .insertInto('cadences')
    .values({
      ...rowOf(cadence),
      workspace_id: workspaceId,
      key: cadence.key,
      catch_up: 'PT12H',
      state: 'active',
      created_by: cadence.createdBy,
      next_due_at: cadence.nextDueAt?.toString() ?? null,
      tz_version: tzVersion,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row !== undefined) await saveTeams(tx, workspaceId, row.id, cadence.teamIds);
  return row?.id;
}

export async function saveSettings(
  tx: Tx,
  workspaceId: string,
  id: number,
  settings: CadenceSettings,
): Promise<void> {
  await tx.updateTable('cadences').set(rowOf(settings)).where('id', '=', id).execute();
  await tx.deleteFrom('cadence_teams').where('cadence_id', '=', id).execute();
  await saveTeams(tx, workspaceId, id, settings.teamIds);
}

async function saveTeams(
  tx: Tx,
  workspaceId: string,
  cadenceId: number,
  teamIds: readonly number[],
): Promise<void> {
  if (teamIds.length === 0) return;
  await tx
    .insertInto('cadence_teams')
    .values(teamIds.map((team) => ({ workspace_id: workspaceId, cadence_id: cadenceId, team_id: team })))
    .execute();
}

/** Slack has just said that Cairn can write there: what it said before counts no more. */
export async function clearLostReason(tx: Tx, channelId: number): Promise<void> {
  await tx.updateTable('channels').set({ lost_reason: null }).where('id', '=', channelId).execute();
}

/** A channel as it was last kept. */
export async function findChannel(
  db: Database,
  workspaceId: string,
  id: number,
): Promise<CadenceChannel | undefined> {
  return await db
    .selectFrom('channels')
    .select((eb) => [
      'id',
      'slack_id as slackId',
      'name',
      'is_private as isPrivate',
      'has_cairn as hasCairn',
      eb('archived_at', 'is not', null).$castTo<boolean>().as('isArchived'),
    ])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function findCycleEnd(
  db: Database,
  workspaceId: string,
  key: string,
): Promise<Temporal.PlainDate | undefined> {
  const row = await db
    .selectFrom('cycles')
    .select('ends_on')
    .where('workspace_id', '=', workspaceId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.ends_on;
}

/** What can be picked when a cadence is set up: teams by name, and cycles that are not over on `today`, the next first. */
export async function listChoices(
  db: Database,
  workspaceId: string,
  today: Temporal.PlainDate,
): Promise<{ teams: { id: number; name: string }[]; cycles: string[] }> {
  const teams = await db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .execute();
  const cycles = await db
    .selectFrom('cycles')
    .select('key')
    .where('workspace_id', '=', workspaceId)
    .where('ends_on', '>=', sql<Temporal.PlainDate>`${today.toString()}::date`)
    .orderBy('starts_on')
    .execute();
  return { teams, cycles: cycles.map(({ key }) => key) };
}
