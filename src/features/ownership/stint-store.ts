import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { StintBeginning } from '../../platform/db/tables.ts';
import type { PersonRef, StintStory } from './core/rock.ts';

/** Locks the rock, so that whoever else wants to move it waits, and says who owns it. */
export async function lockRock(
  tx: Tx,
  workspaceId: string,
  rockId: number,
): Promise<{ id: number; name: string; channelId: number | null; stint: Stint | null } | undefined> {
  const rock = await tx
    .selectFrom('rocks')
    .select(['id', 'name', 'channel_id as channelId'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', rockId)
    .forUpdate()
    .executeTakeFirst();
  if (rock === undefined) return undefined;
  const stint = await tx
    .selectFrom('stints')
    .select(['id', 'person_id as personId', 'began_at as beganAt'])
    .where('rock_id', '=', rockId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return { ...rock, stint: stint ?? null };
}

export type Stint = { id: number; personId: number; beganAt: Temporal.Instant };

/** Nobody carries the rock from `at` on, until another stint begins. */
export async function endStint(tx: Tx, stintId: number, at: Temporal.Instant): Promise<void> {
  await tx.updateTable('stints').set({ ended_at: at.toString() }).where('id', '=', stintId).execute();
}

/** A stint that begins now counts as confirmed now: the new owner has just said so. */
export async function insertStint(
  tx: Tx,
  stint: {
    workspaceId: string;
    rockId: number;
    personId: number;
    began: StintBeginning;
    at: Temporal.Instant;
    handoffId: number | null;
  },
): Promise<void> {
  await tx
    .insertInto('stints')
    .values({
      workspace_id: stint.workspaceId,
      rock_id: stint.rockId,
      person_id: stint.personId,
      began: stint.began,
      began_at: stint.at.toString(),
      confirmed_at: stint.at.toString(),
      handoff_id: stint.handoffId,
    })
    .execute();
}

/** An owner is no backup of themselves: whoever begins to carry a rock stops standing in for it. */
export async function removeBackup(tx: Tx, rockId: number, personId: number): Promise<void> {
  await tx
    .deleteFrom('rock_backups')
    .where('rock_id', '=', rockId)
    .where('person_id', '=', personId)
    .execute();
}

/** Who stands in for the owner. */
export async function listBackups(db: Database, rockId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('rock_backups')
    .select('person_id')
    .where('rock_id', '=', rockId)
    .execute();
  return rows.map((row) => row.person_id);
}

/** Who carried the rock, latest first. */
export async function listStints(db: Database, workspaceId: string, rockId: number): Promise<StintStory[]> {
  const rows = await db
    .selectFrom('stints as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .where('s.workspace_id', '=', workspaceId)
    .where('s.rock_id', '=', rockId)
    .select([
      's.began',
      's.began_at as beganAt',
      's.ended_at as endedAt',
      sql<PersonRef>`json_build_object('id', p.id, 'slackId', p.slack_id,
        'name', p.name, 'isDeactivated', p.deactivated_at is not null)`.as('person'),
    ])
    .orderBy('s.began_at', 'desc')
    .orderBy('s.id', 'desc')
    .execute();
  return rows;
}
