import type { Temporal } from 'temporal-polyfill';

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
