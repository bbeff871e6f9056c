import { Temporal } from 'temporal-polyfill';
import type { WorksOn } from '../../../cadence/core/working-days.ts';

const nine = Temporal.PlainTime.from('09:00');
/** People are asked so many working days before. */
export const workingDaysBefore = 2;
/** Where nobody works for so long, the day itself has to do. */
const longestRest = 30;

/** The day on which people are asked what they shall bring: two working days before the day of the review. */
export function preparingDay(day: Temporal.PlainDate, worksOn: WorksOn): Temporal.PlainDate {
  let left = workingDaysBefore;
  let candidate = day;
  for (let step = 0; step < longestRest && left > 0; step += 1) {
    candidate = candidate.subtract({ days: 1 });
    if (worksOn(candidate)) left -= 1;
  }
  return left === 0 ? candidate : day;
}

/** Nine o'clock of that day, by the clock of a zone. */
export function atNine(day: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return day.toZonedDateTime({ timeZone, plainTime: nine }).toInstant();
}

const evening = 18;

/**
 * When somebody is asked who is to be asked from now on: at nine of their day, at once while it goes on, and after it at nine
 * of the next one, if that comes before the review.
 */
export function askAt(now: Temporal.Instant, timeZone: string, dueAt: Temporal.Instant): Temporal.Instant {
  const local = now.toZonedDateTimeISO(timeZone);
  const today = atNine(local.toPlainDate(), timeZone);
  if (Temporal.Instant.compare(now, today) <= 0) return soonerOf(today, now, dueAt);
  if (local.hour < evening) return now;
  return soonerOf(atNine(local.toPlainDate().add({ days: 1 }), timeZone), now, dueAt);
}

function soonerOf(nine: Temporal.Instant, now: Temporal.Instant, dueAt: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(nine, dueAt) < 0 ? nine : now;
}
