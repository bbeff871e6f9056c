import { Temporal } from 'temporal-polyfill';

/** A file has days where the database has instants. These say which instant a day is, and the other way round. */

/** Now if the day is today, else its beginning; in the zone of the workspace. */
export function instantOn(day: string, at: Temporal.Instant, timezone: string): Temporal.Instant {
  if (day === dayOf(at, timezone)) return at;
  return Temporal.PlainDate.from(day).toZonedDateTime(timezone).toInstant();
}

/** The day of an instant in the zone of the workspace, as 2026-10-01. */
export function dayOf(at: Temporal.Instant, timezone: string): string {
  return at.toZonedDateTimeISO(timezone).toPlainDate().toString();
}
