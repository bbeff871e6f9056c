import type { Cron } from './cron.ts';
import { timeWritten } from './days.ts';
import { everyDay, type Time, type Worded } from './worded.ts';

/** More times a day than these are no longer a sentence. */
const mostTimes = 6;

/** What a cron means, where it can be said in words; else null. */
export function cronInWords(cron: Cron): Worded | null {
  const times = timesIn(cron);
  if (times.length > mostTimes) return null;
  const anyDay = cron.days.length === 31;
  const anyWeekday = cron.weekdays.length === 7;
  const inAnyMonth = cron.months.length === 12;
  const weekdays = cron.weekdays.map((weekday) => (weekday === 0 ? 7 : weekday)).sort((a, b) => a - b);

  if ((anyDay && anyWeekday) || (cron.isEither && (anyDay || anyWeekday))) {
    return inAnyMonth ? { kind: 'weeks', every: 1, weekdays: everyDay, times } : null;
  }
  if (anyDay) return inAnyMonth ? { kind: 'weeks', every: 1, weekdays, times } : null;
  if (!anyWeekday) return null;
  if (inAnyMonth) return { kind: 'nth', nth: cron.days, day: 'day', of: 'month', times };
  // Every first month of a quarter has thirty days.
  const isQuarterly = cron.months.join() === '1,4,7,10' && cron.days.every((day) => day <= 30);
  return isQuarterly ? { kind: 'nth', nth: cron.days, day: 'day', of: 'quarter', times } : null;
}

function timesIn({ hours, minutes }: Cron): Time[] {
  return hours.flatMap((hour) => minutes.map((minute) => timeWritten(hour * 60 + minute)));
}
