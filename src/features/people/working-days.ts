import { Temporal } from 'temporal-polyfill';
import { type WorksOn, worksOn } from '../../cadence/core/working-days.ts';
import { readDaysOff } from '../../cadence/days-off.ts';
import type { Database } from '../../platform/db/database.ts';
import { listWorkingTimes } from './store.ts';

/** Where somebody lives, and on which dates there they are away, and work: weekdays, less days off and time away. */
export type WorkingLife = { timezone: string; awayOn: WorksOn; worksOn: WorksOn };

/**
 * Where each of these people lives (their own zone, else the workspace's) and on which days from `since` on they work:
 * their weekdays, less holidays, company days and the days they are away. Of people who are not there nothing.
 */
export async function readWorksOn(
  db: Database,
  workspaceId: string,
  personIds: readonly number[],
  since: Temporal.Instant,
): Promise<Map<number, WorkingLife>> {
  if (personIds.length === 0) return new Map();
  // A day earlier, since `since` is another date elsewhere.
  const from = since.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  const times = await listWorkingTimes(db, workspaceId, personIds, from);
  const dayOff = await readDaysOff(db, workspaceId);
  const { compare } = Temporal.PlainDate;
  return new Map(
    times.map(({ id, timezone, workingDays, absences }) => {
      const awayOn = (date: Temporal.PlainDate): boolean =>
        absences.some(({ from, until }) => compare(from, date) <= 0 && compare(date, until) <= 0);
      return [id, { timezone, awayOn, worksOn: worksOn({ workingDays, awayOn, dayOff }) }];
    }),
  );
}
