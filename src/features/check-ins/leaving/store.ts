import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { LeaveReason, Leaving, Who } from '../core/leaving.ts';

/** Undefined: they have left already. */
export async function insertLeaving(
  tx: Tx,
  leaving: {
    workspaceId: string;
    cadenceId: number;
    personId: number;
    reason: LeaveReason;
    at: Temporal.Instant;
  },
): Promise<number | undefined> {
  const row = await tx
    .insertInto('ritual_leavings')
    .values({
      workspace_id: leaving.workspaceId,
      cadence_id: leaving.cadenceId,
      person_id: leaving.personId,
      reason: leaving.reason,
      left_at: leaving.at.toString(),
    })
    .onConflict((on) => on.columns(['cadence_id', 'person_id']).where('returned_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Gives the id of the leaving that has ended, and its cadence's key; undefined: they had not left. */
export async function endLeaving(
  tx: Tx,
  {
    workspaceId,
    cadenceId,
    personId,
    at,
  }: { workspaceId: string; cadenceId: number; personId: number; at: Temporal.Instant },
): Promise<{ id: number; key: string } | undefined> {
  const { rows } = await sql<{ id: number; key: string }>`
    update ritual_leavings l set returned_at = greatest(l.left_at, ${at.toString()}::timestamptz)
    from cadences c where c.id = l.cadence_id and l.workspace_id = ${workspaceId} and l.cadence_id = ${cadenceId}
      and l.person_id = ${personId} and l.returned_at is null
    returning l.id, c.key`.execute(tx);
  return rows[0];
}

function leavings(db: Database, workspaceId: string) {
  return db
    .selectFrom('ritual_leavings as l')
    .innerJoin('people as p', 'p.id', 'l.person_id')
    .where('l.workspace_id', '=', workspaceId)
    .select([
      'l.cadence_id as cadenceId',
      sql<Who>`json_build_object('id', p.id, 'slackId', p.slack_id, 'name', p.name)`.as('person'),
      'l.reason',
      'l.left_at as leftAt',
      'l.returned_at as returnedAt',
    ]);
}

/** Who is not asked by these cadences now, in the order in which they left. */
export async function listLeft(
  db: Database,
  workspaceId: string,
  cadenceIds: readonly number[],
): Promise<Leaving[]> {
  return await leavings(db, workspaceId)
    .where(sql<boolean>`l.cadence_id = any(${[...cadenceIds]}::bigint[])`)
    .where('l.returned_at', 'is', null)
    .orderBy('l.id')
    .execute();
}

export async function listLeftBy(db: Database, workspaceId: string, personId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('ritual_leavings')
    .select('cadence_id as id')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('returned_at', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

export async function listLeavingsSince(
  db: Database,
  workspaceId: string,
  since: Temporal.Instant,
): Promise<Leaving[]> {
  return await leavings(db, workspaceId)
    .where('l.left_at', '>=', sql<Temporal.Instant>`${since.toString()}::timestamptz`)
    .orderBy('l.id')
    .execute();
}

/** So many more key results of an occurrence are asked of nobody. */
export async function addUnasked(tx: Tx, occurrenceId: number, count: number): Promise<void> {
  await tx
    .updateTable('check_in_runs')
    .set((eb) => ({ unasked: eb('unasked', '+', count) }))
    .where('occurrence_id', '=', occurrenceId)
    .execute();
}

/** Who leads these teams, as long as they are there. */
export async function listLeads(db: Database, teamIds: readonly number[]): Promise<Who[]> {
  if (teamIds.length === 0) return [];
  return await db
    .selectFrom('teams as t')
    .innerJoin('people as p', 'p.id', 't.lead_id')
    .select(['p.id', 'p.slack_id as slackId', 'p.name'])
    .where('t.id', 'in', [...teamIds])
    .where('p.deactivated_at', 'is', null)
    .where('p.slack_id', 'is not', null)
    .distinct()
    .orderBy('p.id')
    .execute();
}

/** Three admins who are in Slack, those who came first. */
export async function listAdmins(db: Database, workspaceId: string): Promise<Who[]> {
  return await db
    .selectFrom('people')
    .select(['id', 'slack_id as slackId', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where((eb) => eb.or([eb('is_admin', '=', true), eb('is_slack_admin', '=', true)]))
    .where('slack_id', 'is not', null)
    .where('deactivated_at', 'is', null)
    .orderBy('id')
    .limit(3)
    .execute();
}
