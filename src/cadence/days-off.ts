import type { Database } from '../platform/db/database.ts';
import type { DayOff } from './core/rule.ts';
import { type Place, publicHolidays } from './holidays.ts';

/** A day on which the company does not work, besides the public holidays; `date` as "2026-12-24". */
export type CompanyDay = { date: string; name: string };

/** When a whole company does not work: the public holidays of a place, and days of its own in order. */
export type DaysOff = { place: Place | null; companyDays: readonly CompanyDay[] };

/** Whether a day is off in a workspace, and by which name. What it gives stays as it was read: read it for every tick. */
export async function readDaysOff(db: Database, workspaceId: string): Promise<DayOff> {
  return await dayOffIn(await getDaysOff(db, workspaceId));
}

/** The days off that a workspace keeps. */
export async function getDaysOff(db: Database, workspaceId: string): Promise<DaysOff> {
  const { country, state, region } = await db
    .selectFrom('workspaces')
    .select(['holiday_country as country', 'holiday_state as state', 'holiday_region as region'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  const days = await db
    .selectFrom('company_days')
    .select(['day', 'name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('day')
    .execute();
  return {
    place: country === null ? null : { country, state, region },
    companyDays: days.map(({ day, name }) => ({ date: day.toString(), name })),
  };
}

/** Names a day off; the company's own name for it goes before a holiday's. */
export async function dayOffIn({ place, companyDays }: DaysOff): Promise<DayOff> {
  const holidayOn = place === null ? () => null : await publicHolidays(place);
  const names = new Map(companyDays.map(({ date, name }) => [date, name]));
  return (date) => {
    const written = date.toString();
    return names.get(written) ?? holidayOn(written);
  };
}
