import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../platform/db/database.ts';
import type { DayOff } from './core/rule.ts';
import { type Place, publicHolidays } from './holidays.ts';

/**
 * The days off of a workspace: its company days, and the public holidays of its country. What it gives stays as it was
 * read; read it anew for every tick.
 */
export async function readDaysOff(db: Database, workspaceId: string): Promise<DayOff> {
  const { country, state, region } = await db
    .selectFrom('workspaces')
    .select(['holiday_country as country', 'holiday_state as state', 'holiday_region as region'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('company_days')
    .select(['day', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute();
  return daysOff(country === null ? null : { country, state, region }, rows);
}

/** The days off of a company somewhere, from 1970 to 2100; a company day's name goes before a holiday's. */
export async function daysOff(
  place: Place | null,
  companyDays: readonly { day: Temporal.PlainDate; name: string }[],
): Promise<DayOff> {
  const holidayOn = place === null ? () => null : await publicHolidays(place);
  const named = new Map(companyDays.map(({ day, name }) => [day.toString(), name]));
  return (date) => {
    const written = date.toString();
    return named.get(written) ?? holidayOn(written);
  };
}
