import { Temporal } from 'temporal-polyfill';
import { civil, type Day, dayNumber, mondayOf, spanAround } from './days.ts';
import { firesOf } from './fires.ts';
import { type Schedule, timesOf } from './schedule.ts';

/** What an occurrence covers: the largest of these in which its rule comes at most once, else its own slot. */
export type Period = 'slot' | 'day' | 'week' | 'month' | 'quarter';

/** Local time from (included) to (excluded). */
export type Covers = { from: Temporal.PlainDateTime; to: Temporal.PlainDateTime };

/** After 28 years every date has been every weekday, leap days included. */
const sampleDays = 28 * 366;
const sampleFrom = dayNumber(2024, 1, 1);

const known = new WeakMap<Schedule, Period>();

/** The largest period in which a schedule comes at most once, wherever its weeks are counted from. */
export function periodOf(schedule: Schedule): Period {
  const before = known.get(schedule);
  if (before !== undefined) return before;
  const period = reckon(schedule);
  known.set(schedule, period);
  return period;
}

function reckon(schedule: Schedule): Period {
  if (timesOf(schedule).length > 1) return 'slot';
  if (schedule.kind === 'working-days') return 'day';
  if (schedule.kind === 'weeks') {
    if (schedule.weekdays.length > 1) return 'day';
    // A month has at most 31 days and a quarter 92: so far apart two never share one.
    return schedule.every >= 14 ? 'quarter' : schedule.every >= 5 ? 'month' : 'week';
  }
  if (schedule.kind === 'nth') {
    if (schedule.nth.length === 1) return schedule.of;
    if (schedule.day === 'working-day') return 'day';
  }
  return counted(schedule);
}

/** Counted out, since a cron has no year. */
function counted(schedule: Schedule): Period {
  const fires = firesOf(schedule, null, () => true);
  const days = Array.from({ length: sampleDays }, (_, index) => sampleFrom + index).filter(fires);
  const isOnceIn = (period: 'week' | 'month' | 'quarter'): boolean => {
    let last: Day | undefined;
    return days.every((day) => {
      const begins = beginOf(day, period);
      const isNew = begins !== last;
      last = begins;
      return isNew;
    });
  };
  return (['quarter', 'month', 'week'] as const).find(isOnceIn) ?? 'day';
}

function beginOf(day: Day, period: 'week' | 'month' | 'quarter'): Day {
  return period === 'week' ? mondayOf(day) : spanAround(day, period).from;
}

/** What an occurrence covers that was meant for a day, at a minute of it. */
export function coverOf(day: Day, minute: number, period: Period): Covers {
  switch (period) {
    case 'quarter':
    case 'month': {
      const { from, to } = spanAround(day, period);
      return { from: localTime(from, 0), to: localTime(to, 0) };
    }
    case 'week':
      return { from: localTime(mondayOf(day), 0), to: localTime(mondayOf(day) + 7, 0) };
    case 'day':
      return { from: localTime(day, 0), to: localTime(day + 1, 0) };
    case 'slot':
      return { from: localTime(day, minute), to: localTime(day, minute + 1) };
  }
}

/** The local time at a minute of a day; minutes run over into the days after. */
export function localTime(day: Day, minute: number): Temporal.PlainDateTime {
  const date = civil(day + Math.floor(minute / 1_440));
  const ofDay = minute % 1_440;
  return new Temporal.PlainDateTime(date.year, date.month, date.day, Math.floor(ofDay / 60), ofDay % 60);
}

/** The period that a local time lies in, as people write it: 2026-11-23, 2026-W48, 2026-11, 2026-Q4. */
export function periodKey({ from }: Pick<Covers, 'from'>, period: Period): string {
  const { year, month } = from;
  switch (period) {
    case 'quarter':
      return `${year}-Q${Math.ceil(month / 3)}`;
    case 'month':
      return from.toPlainDate().toString().slice(0, -3);
    case 'week': {
      const { yearOfWeek, weekOfYear } = from;
      return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`;
    }
    case 'day':
      return from.toPlainDate().toString();
    case 'slot':
      return from.toString({ smallestUnit: 'minute' });
  }
}
