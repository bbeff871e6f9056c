import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../../../platform/db/database.ts';
import type { Standing } from './core/first-admin.ts';
import type { StepKey } from './core/path.ts';

export type SetupRow = {
  begunById: number;
  step: StepKey;
  movedAt: Temporal.Instant;
  movedById: number;
  whoSaidAt: Temporal.Instant | null;
};

/** Undefined where nobody has begun. */
export async function findSetup(db: Database, workspaceId: string): Promise<SetupRow | undefined> {
  return await db
    .selectFrom('setup_paths')
    .select([
      'begun_by_id as begunById',
      'step',
      'moved_at as movedAt',
      'moved_by_id as movedById',
      'who_said_at as whoSaidAt',
    ])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
}

/** Whether there is anything here that people could be told of, and who could set it up. */
export async function findStanding(db: Database, workspaceId: string): Promise<Standing> {
  const { rows } = await sql<Omit<Standing, 'begun'> & { hasBegun: boolean; isBeginnerThere: boolean }>`
    select
      not exists (select from rocks where workspace_id = ${workspaceId})
        and not exists (select from teams where workspace_id = ${workspaceId})
        and not exists (select from cadences where workspace_id = ${workspaceId})
        and not exists (select from objectives where workspace_id = ${workspaceId}) as "isEmpty",
      exists (select from people where workspace_id = ${workspaceId} and is_admin
        and deactivated_at is null and kind = 'member') as "hasNamedAdmin",
      exists (select from people where workspace_id = ${workspaceId} and (is_admin or is_slack_admin)
        and deactivated_at is null and kind = 'member') as "hasAdmin",
      exists (select from setup_paths where workspace_id = ${workspaceId}) as "hasBegun",
      exists (select from setup_paths s join people p on p.id = s.begun_by_id where s.workspace_id = ${workspaceId}
        and p.deactivated_at is null and p.kind = 'member') as "isBeginnerThere"`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('a statement without a table gave no row');
  const { hasBegun, isBeginnerThere, ...standing } = row;
  return { ...standing, begun: hasBegun ? { isThere: isBeginnerThere } : null };
}

/** Begun by them from now on: anew, or in place of somebody who left. Where it stood stays. */
export async function saveBegun(
  tx: Tx,
  workspaceId: string,
  personId: number,
  at: Temporal.Instant,
): Promise<void> {
  const now = at.toString();
  await tx
    .insertInto('setup_paths')
    .values({
      workspace_id: workspaceId,
      begun_at: now,
      begun_by_id: personId,
      moved_at: now,
      moved_by_id: personId,
    })
    .onConflict((conflict) =>
      conflict
        .column('workspace_id')
        .doUpdateSet({ begun_at: now, begun_by_id: personId, moved_at: now, moved_by_id: personId }),
    )
    .execute();
}

export async function nameAdmin(tx: Tx, workspaceId: string, personId: number): Promise<void> {
  await tx
    .updateTable('people')
    .set({ is_admin: true })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', personId)
    .execute();
}

/** They are at this step now; false where the path was not begun. */
export async function saveStep(
  tx: Tx,
  workspaceId: string,
  moved: { step: StepKey; personId: number; at: Temporal.Instant },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('setup_paths')
    .set({ step: moved.step, moved_by_id: moved.personId, moved_at: moved.at.toString() })
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** That it was said who sets Cairn up; the first time counts. */
export async function saveWhoSaid(tx: Tx, workspaceId: string, at: Temporal.Instant): Promise<void> {
  await tx
    .updateTable('setup_paths')
    .set({ who_said_at: at.toString() })
    .where('workspace_id', '=', workspaceId)
    .where('who_said_at', 'is', null)
    .execute();
}

/**
 * How many full members there are, of all or of these, by zone, the most first; those of whom Slack tells no zone under
 * null.
 */
export async function countZones(
  db: Database,
  workspaceId: string,
  personIds: readonly number[] | null = null,
): Promise<{ timezone: string | null; count: number }[]> {
  const these = personIds === null ? sql`true` : sql`id = any(${personIds}::bigint[])`;
  const { rows } = await sql<{ timezone: string | null; count: number }>`
    select timezone, count(*)::int as count from people
    where workspace_id = ${workspaceId} and kind = 'member' and deactivated_at is null and slack_id is not null
      and ${these}
    group by timezone order by count desc, timezone nulls last`.execute(db);
  return rows;
}
