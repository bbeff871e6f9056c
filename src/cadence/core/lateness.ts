import type { Temporal } from 'temporal-polyfill';
import { clockTime, dayWords } from '../../platform/core/time-words.ts';

/** A heart that beats every few seconds and a restart are no lateness that anybody has to be told of. */
const graceMinutes = 5;

/** By how much an occurrence was planned too late; null: on time, or less than five minutes late. */
export function latenessOf(dueAt: Temporal.Instant, plannedAt: Temporal.Instant): Temporal.Duration | null {
  const lateBy = dueAt.until(plannedAt, { largestUnit: 'hour' });
  return lateBy.total('minutes') < graceMinutes ? null : lateBy;
}

/** What people read in the message of an occurrence that comes late; null when it does not. */
export function lateWords(
  dueAt: Temporal.Instant,
  plannedAt: Temporal.Instant | null,
  zone: string,
): string | null {
  const lateBy = plannedAt === null ? null : latenessOf(dueAt, plannedAt);
  if (plannedAt === null || lateBy === null) return null;
  const isToday = dayWords(dueAt, zone) === dayWords(plannedAt, zone);
  const due = `${clockTime(dueAt, zone)}${isToday ? '' : ` on ${dayWords(dueAt, zone)}`}`;
  return `This comes ${lengthWords(lateBy)} late: I was not running at ${due}.`;
}

function lengthWords(length: Temporal.Duration): string {
  const minutes = Math.floor(length.total('minutes'));
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return hours === 1 ? 'an hour' : `${hours} hours`;
  return `${Math.round(hours / 24)} days`;
}
