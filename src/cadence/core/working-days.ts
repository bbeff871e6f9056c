import type { Temporal } from 'temporal-polyfill';
import type { DayOff } from './rule.ts';

/** Whether somebody works on a date: their weekdays, less their holidays. */
export type WorksOn = (date: Temporal.PlainDate) => boolean;

export const mondayToFriday: WorksOn = (date) => date.dayOfWeek <= 5;

/** Whoever does not work for so long, in days, has no next working day. */
const longestRest = 366;

/**
 * The date of the `count`th working day after `date`, which itself never counts; `date` for none. Throws a
 * RangeError when more than a year goes by without one.
 */
export function workingDayAfter(
  date: Temporal.PlainDate,
  count: number,
  worksOn: WorksOn,
): Temporal.PlainDate {
  let day = date;
  for (let reached = 0; reached < count; reached += 1) {
    let rest = 0;
    do {
      if (rest === longestRest) throw new RangeError('there is no working day in a year');
      rest += 1;
      day = day.add({ days: 1 });
    } while (!worksOn(day));
  }
  return day;
}

/**
 * The same local time in `zone` on the `count`th working day after: what P1D and its like mean. In a spring gap it
 * is after the gap, in an autumn overlap at its first turn (Temporal's "compatible").
 */
export function workingDaysLater(
  at: Temporal.Instant,
  zone: string,
  count: number,
  worksOn: WorksOn,
): Temporal.Instant {
  const local = at.toZonedDateTimeISO(zone).toPlainDateTime();
  return workingDayAfter(local.toPlainDate(), count, worksOn)
    .toPlainDateTime(local.toPlainTime())
    .toZonedDateTime(zone, { disambiguation: 'compatible' })
    .toInstant();
}

/** The working days of somebody: their weekdays (Monday is 1; null: Monday to Friday), less days off and time away. */
export function worksOn(person: {
  workingDays: readonly number[] | null;
  awayOn: (date: Temporal.PlainDate) => boolean;
  dayOff: DayOff;
}): WorksOn {
  const { workingDays, awayOn, dayOff } = person;
  return (date) => {
    const isWeekday = workingDays === null ? mondayToFriday(date) : workingDays.includes(date.dayOfWeek);
    return isWeekday && dayOff(date) === null && !awayOn(date);
  };
}

/**
 * When `duration` after `at` is over: P2D is the same local time of `zone` on the second working day after, PT12H plain
 * elapsed time. Throws on a mixture, which the door refuses, and where there is no working day within a year.
 */
export function later(
  at: Temporal.Instant,
  duration: string,
  zone: string,
  worksOn: WorksOn,
): Temporal.Instant {
  const days = /^P(\d+)D$/.exec(duration)?.[1];
  if (days !== undefined) return workingDaysLater(at, zone, Number(days), worksOn);
  if (!/^PT/.test(duration)) throw new RangeError(`${duration} is neither working days nor plain time`);
  return at.add(duration);
}
