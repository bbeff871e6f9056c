import type { Temporal } from 'temporal-polyfill';
import type { Cadence } from './core/cadence.ts';
import { type CadenceRule, type DayOff, ruleOf } from './core/rule.ts';
import { parseSchedule, scheduleWords } from './core/schedule.ts';

type Scheduled = Pick<Cadence, 'schedule' | 'timezone' | 'startsOn' | 'onHoliday'>;

/**
 * When a cadence that was kept comes. Throws when its schedule cannot be read: it was checked when it came in, so a
 * newer version wrote it.
 */
export function ruleOfCadence(cadence: Scheduled, dayOff: DayOff): CadenceRule {
  return ruleOf({
    schedule: scheduleOf(cadence),
    zone: cadence.timezone,
    startsOn: cadence.startsOn,
    onHoliday: cadence.onHoliday,
    dayOff,
  });
}

/** Its schedule, read back in words, with the day from which weeks are counted. */
export function wordsOfCadence(cadence: Scheduled): string {
  return scheduleWords(scheduleOf(cadence), cadence.startsOn);
}

/** The same for a line among others, without that day. */
export function shortWordsOfCadence(cadence: Scheduled): string {
  return scheduleWords(scheduleOf(cadence), null);
}

/** A schedule that was kept, in words. */
export function scheduleInWords(schedule: string): string {
  return scheduleWords(scheduleOf({ schedule }), null);
}

function scheduleOf({ schedule }: Pick<Scheduled, 'schedule'>) {
  const read = parseSchedule(schedule);
  if (!read.ok) throw new Error(`its schedule cannot be read: ${read.words}`);
  return read.value;
}

/** The moment just before another one: what comes after it may come at that one. */
export function justBefore(at: Temporal.Instant): Temporal.Instant {
  return at.subtract({ milliseconds: 1 });
}
