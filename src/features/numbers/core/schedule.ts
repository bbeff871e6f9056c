import type { Temporal } from 'temporal-polyfill';
import { nextSlot } from '../../../cadence/core/calendar.ts';
import { noDayOff, ruleOf } from '../../../cadence/core/rule.ts';
import { parseSchedule } from '../../../cadence/core/schedule.ts';
import type { Every } from './source.ts';

/** Before people begin to work, so that whoever is asked in the morning is asked with the value of the day. */
const crons: Record<Every, string> = { hour: '0 * * * *', day: '0 6 * * *', week: '0 6 * * MON' };

/** How often a source is read, as people choose it. */
export const everyWords: Record<Every, string> = {
  hour: 'every hour',
  day: 'every day at 06:00',
  week: 'every Monday at 06:00',
};

/** The next time after `after` at which a source is read, by the wall clock of `zone` and the rules of cadences. */
export function nextPull(every: Every, zone: string, after: Temporal.Instant): Temporal.Instant {
  const schedule = parseSchedule(crons[every]);
  const slot = schedule.ok
    ? nextSlot(
        ruleOf({ schedule: schedule.value, zone, startsOn: null, onHoliday: 'hold', dayOff: noDayOff }),
        after,
      )
    : null;
  if (slot === null) throw new Error(`the schedule of every ${every} never comes`);
  return slot.at;
}
