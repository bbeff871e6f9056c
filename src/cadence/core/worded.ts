/** A time of day, as "09:00". */
export type Time = string;

/**
 * What can be said in words. Weekdays count from Monday, 1, to Sunday, 7; lists are in order and name nothing
 * twice. An `nth` of -1 is the last one.
 */
export type Worded =
  | { kind: 'weeks'; every: number; weekdays: readonly number[]; times: readonly Time[] }
  | { kind: 'working-days'; times: readonly Time[] }
  | {
      kind: 'nth';
      nth: readonly number[];
      day: Counted;
      of: Span;
      times: readonly Time[];
    };
/** Which days are counted: all, working days, or those of one weekday. */
export type Counted = 'day' | 'working-day' | number;
export type Span = 'month' | 'quarter';

export const weekdayNames = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;
export const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
export const everyWeekday: readonly number[] = [1, 2, 3, 4, 5];
export const everyDay: readonly number[] = [1, 2, 3, 4, 5, 6, 7];

/** "every other Tuesday at 10:00". */
export function wordsOf(schedule: Worded): string {
  return `${wordsOfDays(schedule)} at ${listed(schedule.times.map(shortTime))}`;
}

/** "one", "one and two", "one, two and three". */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** "9:00" for "09:00". */
export function shortTime(time: Time): string {
  return time.replace(/^0/, '');
}

/** The same without its times. */
export function wordsOfDays(schedule: Worded): string {
  switch (schedule.kind) {
    case 'weeks':
      return weeksOf(schedule.every, schedule.weekdays);
    case 'working-days':
      return 'every working day';
    case 'nth':
      return nthOf(schedule);
  }
}

function weeksOf(every: number, weekdays: readonly number[]): string {
  const names = listed(weekdays.map((weekday) => weekdayNames[weekday - 1] ?? ''));
  if (every > 2) return `every ${every} weeks on ${names}`;
  if (every === 2) return weekdays.length === 1 ? `every other ${names}` : `every other week on ${names}`;
  if (weekdays.length === everyDay.length) return 'every day';
  return weekdays.join() === everyWeekday.join() ? 'every weekday' : `every ${names}`;
}

function nthOf({ nth, day, of }: Extract<Worded, { kind: 'nth' }>): string {
  if (day === 'day' && of === 'month' && !nth.includes(-1)) {
    return `the ${listed(nth.map(inDigits))} of every month`;
  }
  return `${listed(nth.map(ordinal))} ${countedName(day)} of the ${of}`;
}

/** "day", "working day", "Monday". */
export function countedName(day: Counted): string {
  if (day === 'day') return 'day';
  return day === 'working-day' ? 'working day' : (weekdayNames[day - 1] ?? '');
}

/** "first", "last" for -1, "15th". */
export function ordinal(nth: number): string {
  return nth === -1 ? 'last' : (ordinals[nth - 1] ?? inDigits(nth));
}

/** "1st", "22nd", "15th". */
export function inDigits(nth: number): string {
  const isTeen = nth % 100 >= 11 && nth % 100 <= 13;
  const ending = isTeen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[nth % 10] ?? 'th');
  return `${nth}${ending}`;
}
