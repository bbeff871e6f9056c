import type { Temporal } from 'temporal-polyfill';
import { type Day, dateOf, dayOf, weekdayOf } from './days.ts';
import { type Exclusions, excluding, type OnHoliday } from './exclusions.ts';
import { firesOf } from './fires.ts';
import { type Period, periodOf } from './period.ts';
import { type Schedule, timesOf } from './schedule.ts';

/** When a rule fires, by the local clock: on which days, and at which minutes of such a day, in order. */
export type Rule = { firesOn(day: Day): boolean; times: readonly number[] };

/** The name of the holiday or company day that a date is, or null. */
export type DayOff = (date: Temporal.PlainDate) => string | null;

export type Calendar = {
  schedule: Schedule;
  zone: string;
  /** The first day on which it may come; every second week and the like are counted from its week. */
  startsOn: Temporal.PlainDate | null;
  onHoliday: OnHoliday;
  dayOff: DayOff;
};

/** All that is needed to say when a cadence comes. */
export type CadenceRule = {
  zone: string;
  period: Period;
  rule: Rule;
  exclusions: Exclusions;
  /** Nothing is meant for a day before; null: for any. */
  firstDay: Day | null;
};

/** For who has no days off. */
export const noDayOff: DayOff = () => null;

/** The rule of a cadence, for a tick: what it knows of months and days off is kept as long as it is. Cheap to make. */
export function ruleOf({ schedule, zone, startsOn, onHoliday, dayOff }: Calendar): CadenceRule {
  const nameOf = (day: Day): string | null => dayOff(dateOf(day));
  const worksOn = (day: Day): boolean => weekdayOf(day) <= 5 && nameOf(day) === null;
  const firstDay = startsOn === null ? null : dayOf(startsOn);
  const firesOn = firesOf(schedule, firstDay, worksOn);
  return {
    zone,
    period: periodOf(schedule),
    rule: { firesOn, times: minutesOf(schedule) },
    firstDay,
    exclusions: excluding({ onHoliday, firstDay, nameOf, worksOn, firesOn }),
  };
}

const known = new WeakMap<Schedule, readonly number[]>();

function minutesOf(schedule: Schedule): readonly number[] {
  const before = known.get(schedule);
  if (before !== undefined) return before;
  const minutes = timesOf(schedule);
  known.set(schedule, minutes);
  return minutes;
}
