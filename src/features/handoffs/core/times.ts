import { Temporal } from 'temporal-polyfill';
import { type WorksOn, workingDaysLater } from '../../../cadence/core/working-days.ts';
import { type Refusal, refused } from '../../../platform/core/result.ts';
import { shortDateWords } from '../../../platform/core/time-words.ts';

/** Of the working days of whose answer is waited for: when they are reminded, their lead is told, and it is over. */
export const patience = { remind: 1, escalate: 3, expire: 10 } as const;
/** After so many days in new hands both are asked, in private, how it goes. */
export const followUpDays = [7, 30] as const;
export const defaultOverlapDays = 14;
/** What is lent for longer is handed over. */
const longestLoanDays = 366;
/** Nobody knows so far ahead. */
const farthestDueDays = 366;

const morning = Temporal.PlainTime.from('09:00');
/** Whoever does not work for so long is told all the same. */
const longestRest = 366;
const { compare } = Temporal.PlainDate;

export type Clock = { timezone: string; worksOn: WorksOn };

/** When the clock does something about an answer that is waited for since `at`. */
export function waitingTimes(
  at: Temporal.Instant,
  { timezone, worksOn }: Clock,
): Record<keyof typeof patience, Temporal.Instant> {
  const after = (days: number): Temporal.Instant => {
    try {
      return workingDaysLater(at, timezone, days, worksOn);
    } catch (error) {
      // Somebody who works on no day of a year is waited for as long as anybody.
      if (error instanceof RangeError) return workingDaysLater(at, timezone, days, () => true);
      throw error;
    }
  };
  return {
    remind: after(patience.remind),
    escalate: after(patience.escalate),
    expire: after(patience.expire),
  };
}

/** The soonest nine o'clock of somebody's working day that is not before `at`. */
export function morningFrom(at: Temporal.Instant, { timezone, worksOn }: Clock): Temporal.Instant {
  const local = at.toZonedDateTimeISO(timezone);
  const today = local.toPlainDate();
  const isPast = Temporal.PlainTime.compare(local.toPlainTime(), morning) > 0;
  const first = isPast ? today.add({ days: 1 }) : today;
  let day = first;
  for (let rest = 0; rest < longestRest && !worksOn(day); rest += 1) day = day.add({ days: 1 });
  return (worksOn(day) ? day : first).toZonedDateTime({ timeZone: timezone, plainTime: morning }).toInstant();
}

/** When the last day of a loan is over, where its owner lives. */
export function endOfDay(day: Temporal.PlainDate, zone: string): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(zone).toInstant();
}

/** The same local time in `zone` so many days later. */
export function daysLater(at: Temporal.Instant, days: number, zone: string): Temporal.Instant {
  return at.toZonedDateTimeISO(zone).add({ days }).toInstant();
}

/** Why a loan cannot last until then; null when it can. `today` is its owner's. */
export function loanRefusal(until: Temporal.PlainDate, today: Temporal.PlainDate): Refusal | null {
  if (compare(until, today) < 0) {
    return refused(
      'past',
      `${shortDateWords(until, today)} is over already. Until when shall they have it? Such as \`until Fri\`.`,
    );
  }
  if (today.until(until).days <= longestLoanDays) return null;
  return refused(
    'long',
    'That is longer than a year. What moves for so long is handed over: leave `lend` away.',
  );
}

/** Why a piece of work cannot be due then; null when it can. `today` is the sender's. */
export function dueRefusal(due: Temporal.PlainDate, today: Temporal.PlainDate): Refusal | null {
  if (compare(due, today) < 0) {
    return refused(
      'past',
      `${shortDateWords(due, today)} is over already. By when shall it be done? Such as \`by Fri\`.`,
    );
  }
  if (today.until(due).days <= farthestDueDays) return null;
  return refused('far', 'That is more than a year ahead. Name a nearer day, or none.');
}
