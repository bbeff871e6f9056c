import { Temporal } from 'temporal-polyfill';
import { type WorksOn, workingDayAfter, workingDaysLater } from './working-days.ts';

const begins = Temporal.PlainTime.from('09:00');
const noon = Temporal.PlainTime.from('12:00');

/**
 * When somebody is asked: on their next working morning. Between nine and noon of a working day that is now. Null:
 * they do not work within a year.
 */
export function nextMorning(now: Temporal.Instant, zone: string, worksOn: WorksOn): Temporal.Instant | null {
  const local = now.toZonedDateTimeISO(zone);
  const today = local.toPlainDate();
  const time = local.toPlainTime();
  const { compare } = Temporal.PlainTime;
  const isMorning = worksOn(today) && compare(time, noon) < 0;
  if (isMorning && compare(time, begins) >= 0) return now;
  const day = isMorning ? today : dayAfter(today, worksOn);
  return day === null ? null : day.toPlainDateTime(begins).toZonedDateTime(zone).toInstant();
}

/** When they are reminded, once: a working day later. Null: never. */
export function reminderAt(asked: Temporal.Instant, zone: string, worksOn: WorksOn): Temporal.Instant | null {
  return rangeOrNull(() => workingDaysLater(asked, zone, 1, worksOn));
}

function dayAfter(date: Temporal.PlainDate, worksOn: WorksOn): Temporal.PlainDate | null {
  return rangeOrNull(() => workingDayAfter(date, 1, worksOn));
}

function rangeOrNull<T>(reckon: () => T): T | null {
  try {
    return reckon();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
