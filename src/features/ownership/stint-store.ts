import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../platform/db/database.ts';
import type { StintBeginning, StintEnding } from '../../platform/db/tables.ts';
import type { PersonRef, RockState, StintStory, Visibility } from './core/rock.ts';
import { personRef } from './lookup-sql.ts';

export type LockedRock = {
  id: number;
  key: string;
  name: string;
  state: RockState;
  visibility: Visibility;
  teamId: number | null;
  /** Who leads its team. */
  leadId: number | null;
  /** Its own home channel. */
  channelId: number | null;
  stint: Stint | null;
};

export type Stint = {
  id: number;
  personId: number;
  began: StintBeginning;
  beganAt: Temporal.Instant;
  confirmedAt: Temporal.Instant | null;
};

/** Locks the rock, so that whoever else wants to move it waits, and says who owns it. */
export async function lockRock(tx: Tx, workspaceId: string, rockId: number): Promise<LockedRock | undefined> {
  const rock = await tx
    .selectFrom('rocks')
    .select(['id', 'key', 'name', 'state', 'visibility', 'team_id as teamId', 'channel_id as channelId'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', rockId)
    .forUpdate()
    .executeTakeFirst();
  if (rock === undefined) return undefined;
  const stint = await tx
    .selectFrom('stints')
    .select(['id', 'person_id as personId', 'began', 'began_at as beganAt', 'confirmed_at as confirmedAt'])
    .where('rock_id', '=', rockId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  const team =
    rock.teamId === null
      ? undefined
      : await tx.selectFrom('teams').select('lead_id').where('id', '=', rock.teamId).executeTakeFirst();
  return { ...rock, leadId: team?.lead_id ?? null, stint: stint ?? null };
}

/** Nobody carries the rock from `at` on, until another stint begins. `reason` is in somebody's own words. */
export async function endStint(
  tx: Tx,
  stintId: number,
  { at, ended, reason }: { at: Temporal.Instant; ended: StintEnding; reason: string | null },
): Promise<void> {
  await tx
    .updateTable('stints')
    // The playground's clock may have been turned back since.
    .set({
      ended_at: sql<string>`greatest(began_at, ${at.toString()}::timestamptz)`,
      ended,
      end_reason: reason,
    })
    .where('id', '=', stintId)
    .execute();
}

/** A stint that had ended goes on as if it had not. */
export async function reopenStint(tx: Tx, stintId: number): Promise<void> {
  await tx
    .updateTable('stints')
    .set({ ended_at: null, ended: null, end_reason: null })
    .where('id', '=', stintId)
    .execute();
}

/** Begins a stint and gives its id. `isConfirmed`: the new owner has just said so themself. */
export async function insertStint(
  tx: Tx,
  stint: {
    workspaceId: string;
    rockId: number;
    personId: number;
    began: StintBeginning;
    at: Temporal.Instant;
    isConfirmed: boolean;
    handoffId: number | null;
  },
): Promise<number> {
  const { id } = await tx
    .insertInto('stints')
    .values({
      workspace_id: stint.workspaceId,
      rock_id: stint.rockId,
      person_id: stint.personId,
      began: stint.began,
      began_at: stint.at.toString(),
      confirmed_at: stint.isConfirmed ? stint.at.toString() : null,
      handoff_id: stint.handoffId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** The rock stands in the register as one that is carried, or shall be. */
export async function activateRock(tx: Tx, rockId: number, at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('rocks')
    .set({
      state: 'active',
      set_down_by: null,
      set_down_at: null,
      set_down_reason: null,
      look_again_on: null,
      retired_at: null,
      retired_reason: null,
      successor_id: null,
      changed_at: at.toString(),
    })
    .where('id', '=', rockId)
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

/** Who stands in for the owner, in order. */
export async function listBackups(db: Database, rockId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('rock_backups')
    .select('person_id')
    .where('rock_id', '=', rockId)
    .orderBy('position')
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
      sql<PersonRef>`json_build_object(${sql.raw(personRef)})`.as('person'),
    ])
    .orderBy('s.began_at', 'desc')
    .orderBy('s.id', 'desc')
    .execute();
  return rows;
}
