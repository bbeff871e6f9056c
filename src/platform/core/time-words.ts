import type { Temporal } from 'temporal-polyfill';

/** "today", "yesterday", "12 days ago", "5 months ago": how long before `now` something was, by calendar days. */
export function ago(then: Temporal.Instant, now: Temporal.Instant, zone: string): string {
  const days = localDay(now, zone) - localDay(then, zone);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days < 59) return `${days} days ago`;
  const from = then.toZonedDateTimeISO(zone).toPlainDate();
  const { months } = from.until(now.toZonedDateTimeISO(zone).toPlainDate(), { largestUnit: 'months' });
  if (months < 2) return `${days} days ago`;
  return months < 24 ? `${months} months ago` : `${Math.floor(months / 12)} years ago`;
}

const dayMs = 86_400_000;
/** Milliseconds ahead of UTC by zone and day of UTC; null on a day on which that changes. */
const offsets = new Map<string, number | null>();
/** More zones and days than a company has in a year's confirmations. */
const mostOffsets = 20_000;

/**
 * The number of the day, by the calendar of `zone`, on which an instant falls. Every answer asks for two, and Temporal
 * takes as long for one as all the rest of a card.
 */
function localDay(at: Temporal.Instant, zone: string): number {
  const ms = at.epochMilliseconds;
  const day = Math.floor(ms / dayMs);
  const key = `${zone} ${day}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const start = at.subtract({ milliseconds: ms - day * dayMs });
    const [first, last] = [start, start.add({ milliseconds: dayMs })].map((edge) => offsetMs(edge, zone));
    offset = first === last ? (first ?? null) : null;
    if (offsets.size >= mostOffsets) offsets.clear();
    offsets.set(key, offset);
  }
  return Math.floor((ms + (offset ?? offsetMs(at, zone))) / dayMs);
}

function offsetMs(at: Temporal.Instant, zone: string): number {
  return at.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
}

/** How long somebody carried something, in the largest unit that tells: "20 months", "3 weeks", "a day". */
export function lasted(from: Temporal.Instant, to: Temporal.Instant, zone: string): string {
  const start = from.toZonedDateTimeISO(zone).toPlainDate();
  const end = to.toZonedDateTimeISO(zone).toPlainDate();
  const { days } = start.until(end, { largestUnit: 'days' });
  if (days < 2) return 'a day';
  if (days < 14) return `${days} days`;
  const { months } = start.until(end, { largestUnit: 'months' });
  return months < 2 ? `${Math.floor(days / 7)} weeks` : `${months} months`;
}

/** Formatters are costly to make and cheap to use; there are only so many zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** "14:05": the wall clock in `zone`. */
export function clockTime(at: Temporal.Instant, zone: string): string {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  clocks.set(zone, clock);
  return clock.format(at.epochMilliseconds);
}

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "4 November 2026". */
export function dateWords(date: Temporal.PlainDate): string {
  return `${date.day} ${monthNames[date.month - 1]} ${date.year}`;
}

/** The date that an instant falls on in `zone`, in words. */
export function dayWords(at: Temporal.Instant, zone: string): string {
  return dateWords(at.toZonedDateTimeISO(zone).toPlainDate());
}

const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** "Mon 23 Nov": a day near `today`, the year only where it is another one. */
export function shortDateWords(date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const weekday = weekdayNames[date.dayOfWeek - 1];
  const year = date.year === today.year ? '' : ` ${date.year}`;
  return `${weekday} ${date.day} ${monthNames[date.month - 1]?.slice(0, 3)}${year}`;
}

/** "Mon 23 Nov, 09:00": when something happens, by the clock of `zone`. */
export function momentWords(at: Temporal.Instant, now: Temporal.Instant, zone: string): string {
  const dateOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(zone).toPlainDate();
  return `${shortDateWords(dateOf(at), dateOf(now))}, ${clockTime(at, zone)}`;
}

const lengths: [seconds: number, unit: string][] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
];

/** How long something takes or has lasted, roughly: "12 seconds", "3 minutes", "2 days". */
export function lengthWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [length, unit] = lengths.find(([one]) => whole >= one) ?? [1, 'second'];
  const count = Math.floor(whole / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
