import { sql } from 'kysely';
import type { Temporal } from 'temporal-polyfill';
import type { Database, Tx } from '../platform/db/database.ts';

/** A day off by its date. */
export type NamedDay = { day: Temporal.PlainDate; name: string };

/** Where the company keeps public holidays, and its own days. */
export type DaysOffSettings = { country: string | null; state: string | null; companyDays: NamedDay[] };

/** Company days before `since` are left out: they are history. */
export async function readSettings(
  db: Database,
  workspaceId: string,
  since: Temporal.PlainDate,
): Promise<DaysOffSettings> {
  const place = await db
    .selectFrom('workspaces')
    .select(['holiday_country as country', 'holiday_state as state'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const companyDays = await db
    .selectFrom('company_days')
    .select(['day', 'name'])
    .where('workspace_id', '=', workspaceId)
    .where('day', '>=', sql<Temporal.PlainDate>`${since.toString()}::date`)
    .orderBy('day')
    .execute();
  return { ...place, companyDays };
}

/** Replaces where holidays are kept, and the company days from `since` on. */
export async function saveDaysOff(
  tx: Tx,
  workspaceId: string,
  { country, state, companyDays }: DaysOffSettings,
  since: Temporal.PlainDate,
): Promise<void> {
  await sql`
    update workspaces set holiday_country = ${country}, holiday_state = ${state},
      holiday_region = case when holiday_state is not distinct from ${state} then holiday_region end
    where id = ${workspaceId}`.execute(tx);
  await tx
    .deleteFrom('company_days')
    .where('workspace_id', '=', workspaceId)
    .where('day', '>=', sql<Temporal.PlainDate>`${since.toString()}::date`)
    .execute();
  if (companyDays.length === 0) return;
  await tx
    .insertInto('company_days')
    .values(companyDays.map(({ day, name }) => ({ workspace_id: workspaceId, day: day.toString(), name })))
    .execute();
}

/** Active cadences whose days move or are left out by holidays, and that are not due yet; held until the end. */
export async function lockMovable(tx: Tx, workspaceId: string, now: Temporal.Instant): Promise<number[]> {
  const rows = await tx
    .selectFrom('cadences')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'active')
    .where('on_holiday', '<>', 'hold')
    .where('next_due_at', '>', sql<Temporal.Instant>`${now.toString()}::timestamptz`)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}
