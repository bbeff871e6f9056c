import { Temporal } from 'temporal-polyfill';

/**
 * A date as a number: days since 1 January 1970. Rules walk over thousands of dates, for which Temporal's objects
 * are a hundred times too slow.
 */
export type Day = number;

export const msPerDay = 86_400_000;
export const msPerMinute = 60_000;

export function dayOf(date: Temporal.PlainDate): Day {
  return dayNumber(date.year, date.month, date.day);
}

export function dateOf(day: Day): Temporal.PlainDate {
  const { year, month, day: ofMonth } = civil(day);
  return new Temporal.PlainDate(year, month, ofMonth);
}

/** The day of a year, a month (1 to 12; others run over into the years beside) and a day of the month. */
export function dayNumber(year: number, month: number, ofMonth: number): Day {
  return Date.UTC(year, month - 1, ofMonth) / msPerDay;
}

/** Year, month (1 to 12) and day of the month. */
export function civil(day: Day): { year: number; month: number; day: number } {
  const date = new Date(day * msPerDay);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(day: Day): number {
  // The first of all days was a Thursday.
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The first day from `from` on, itself included, that is one of these weekdays. */
export function firstOf(weekdays: readonly number[], from: Day): Day {
  let day = from;
  while (!weekdays.includes(weekdayOf(day))) day += 1;
  return day;
}

/** The Monday of its week. */
export function mondayOf(day: Day): Day {
  return day - weekdayOf(day) + 1;
}

/** The month or quarter around a day: its first day, and the first day of the next one. */
export function spanAround(day: Day, span: 'month' | 'quarter'): { from: Day; to: Day } {
  const { year, month } = civil(day);
  const length = span === 'month' ? 1 : 3;
  const first = month - ((month - 1) % length);
  return { from: dayNumber(year, first, 1), to: dayNumber(year, first + length, 1) };
}

/** "2026-11-23". */
export function dayWritten(day: Day): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

/** "09:00" for the 540th minute of a day. */
export function timeWritten(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
