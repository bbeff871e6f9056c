import type { Temporal } from 'temporal-polyfill';

/** So long before it is sent, in plain time, a digest is drafted and shown to product operations. */
export const hoursAhead = 4;

/** Nobody's message of the day begins before eight o'clock, as long as they still have an hour to answer. */
const earliestHour = 8;

/** When the owner of a line reads it: at once, or at eight of their own zone where that leaves an hour. */
export function tellOwnerAt(now: Temporal.Instant, dueAt: Temporal.Instant, zone: string): Temporal.Instant {
  const local = now.toZonedDateTimeISO(zone);
  if (local.hour >= earliestHour) return now;
  const eight = local.withPlainTime({ hour: earliestHour }).toInstant();
  return eight.epochMilliseconds <= dueAt.subtract({ hours: 1 }).epochMilliseconds ? eight : now;
}
