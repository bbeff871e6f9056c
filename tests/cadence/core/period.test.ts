import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { nextTimes } from '../../../src/cadence/core/calendar.ts';
import { type Period, periodKey, periodOf } from '../../../src/cadence/core/period.ts';
import { noDayOff, ruleOf } from '../../../src/cadence/core/rule.ts';
import { parseSchedule } from '../../../src/cadence/core/schedule.ts';
import { instants } from './rules.ts';
import { worded } from './schedules.ts';

function period(text: string): Period {
  const read = parseSchedule(text);
  if (!read.ok) throw new Error(read.words);
  return periodOf(read.value);
}

describe('an occurrence covers the largest period in which its schedule comes at most once', () => {
  it.each<[string, Period]>([
    ['every day', 'day'],
    ['every working day', 'day'],
    ['every Monday', 'week'],
    ['every Monday at 9 and 16', 'slot'],
    ['every Monday and Thursday', 'day'],
    ['every other Tuesday', 'week'],
    ['every 4 weeks on Monday', 'week'],
    ['every 5 weeks on Monday', 'month'],
    ['every 13 weeks on Monday', 'month'],
    ['every 14 weeks on Monday', 'quarter'],
    ['first Monday of the month', 'month'],
    ['first and third Monday of the month', 'week'],
    ['first working day of the month', 'month'],
    ['first and last working day of the month', 'day'],
    ['last Thursday of the quarter', 'quarter'],
    ['the 15th of every month', 'month'],
    ['the 1st and 30th of every month', 'day'],
    ['last day of the month', 'month'],
    ['0 9 24 12 *', 'quarter'],
  ])('%s: %s', (text, expected) => {
    expect(period(text)).toBe(expected);
  });

  it('whatever the schedule is and wherever its weeks are counted from', () => {
    fc.assert(
      fc.property(worded, fc.option(fc.nat({ max: 2_000 })), instants, (schedule, days, after) => {
        const startsOn = days === null ? null : Temporal.PlainDate.from('2024-01-01').add({ days });
        const rule = ruleOf({ schedule, zone: 'UTC', startsOn, onHoliday: 'hold', dayOff: noDayOff });
        const keys = nextTimes(rule, after, 12).map(({ covers }) => periodKey(covers, rule.period));
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a period is written', () => {
  const from = Temporal.PlainDateTime.from;
  it.each<[Period, string, string]>([
    ['slot', '2026-11-23T09:00', '2026-11-23T09:00'],
    ['day', '2026-11-23T00:00', '2026-11-23'],
    ['week', '2026-11-23T00:00', '2026-W48'],
    ['week', '2026-12-28T00:00', '2026-W53'],
    ['week', '2027-01-04T00:00', '2027-W01'],
    ['month', '2026-11-01T00:00', '2026-11'],
    ['quarter', '2026-10-01T00:00', '2026-Q4'],
  ])('%s of %s: %s', (of, local, expected) => {
    expect(periodKey({ from: from(local) }, of)).toBe(expected);
  });
});
