import {
  eventsOf,
  type Importing,
  portions,
  recordImport,
  sortOut,
  type Tally,
} from '../platform/db/importing.ts';
import type { CalendarEntry } from './calendar-file.ts';
import type { CompanyDay, DaysOff } from './days-off.ts';

/** The state of the one calendar that a workspace has. */
type CalendarState = {
  country: string | null;
  state: string | null;
  region: string | null;
  company_days: readonly CompanyDay[];
};
const key = 'calendar';
const subjectId = 1;

/** The days off as a file leaves them: what it does not name stays. */
export function daysOffAfter(present: DaysOff, entry: CalendarEntry | null): DaysOff {
  return {
    place: entry?.place ?? present.place,
    companyDays: entry?.companyDays ?? present.companyDays,
  };
}

/** Keeps the days off that a file names, and tells whether any differ from those that were there. */
export async function importCalendar(
  importing: Importing,
  present: DaysOff,
  entry: CalendarEntry | null,
): Promise<{ tally: Tally; isChanged: boolean }> {
  if (entry === null) return { tally: { added: 0, changed: 0, unchanged: 0 }, isChanged: false };
  const before = stateOf(present);
  const after = stateOf(daysOffAfter(present, entry));
  const isNew = isEmpty(before) && !isEmpty(after);
  const sorted = sortOut(new Map([[key, after]]), isNew ? new Map() : new Map([[key, before]]));
  const isChanged = sorted.tally.unchanged === 0;
  if (isChanged) await save(importing, after);
  await recordImport(
    importing,
    eventsOf('calendar', sorted, () => subjectId),
  );
  return { tally: sorted.tally, isChanged };
}

function stateOf({ place, companyDays }: DaysOff): CalendarState {
  const { country, state, region } = place ?? { country: null, state: null, region: null };
  return { country, state, region, company_days: companyDays };
}

function isEmpty({ country, company_days }: CalendarState): boolean {
  return country === null && company_days.length === 0;
}

async function save({ tx, workspaceId }: Importing, calendar: CalendarState): Promise<void> {
  await tx
    .updateTable('workspaces')
    .set({
      holiday_country: calendar.country,
      holiday_state: calendar.state,
      holiday_region: calendar.region,
    })
    .where('id', '=', workspaceId)
    .execute();
  await tx.deleteFrom('company_days').where('workspace_id', '=', workspaceId).execute();
  for (const portion of portions(calendar.company_days)) {
    await tx
      .insertInto('company_days')
      .values(portion.map(({ date, name }) => ({ workspace_id: workspaceId, day: date, name })))
      .execute();
  }
}
