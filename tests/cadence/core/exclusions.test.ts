import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { latestSlot, nextSlot, nextTimes, type Slot } from '../../../src/cadence/core/calendar.ts';
import type { OnHoliday } from '../../../src/cadence/core/exclusions.ts';
import { type CadenceRule, type Calendar, type DayOff, ruleOf } from '../../../src/cadence/core/rule.ts';
import { parseSchedule } from '../../../src/cadence/core/schedule.ts';
import { instants, zones } from './rules.ts';
import { worded } from './schedules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const date = (text: string) => Temporal.PlainDate.from(text);

const holidays = new Map([
  ['2026-12-24', 'Christmas Eve'],
  ['2026-12-25', 'Christmas Day'],
  ['2026-12-26', 'Boxing Day'],
  ['2027-01-01', "New Year's Day"],
]);
const christmas: DayOff = (day) => holidays.get(day.toString()) ?? null;

function rule(
  text: string,
  onHoliday: OnHoliday,
  given: { zone?: string; startsOn?: string } = {},
): CadenceRule {
  const schedule = parseSchedule(text);
  if (!schedule.ok) throw new Error(schedule.words);
  const startsOn = given.startsOn === undefined ? null : date(given.startsOn);
  return ruleOf({
    schedule: schedule.value,
    zone: given.zone ?? 'UTC',
    startsOn,
    onHoliday,
    dayOff: christmas,
  });
}

/** "meant > happens" for what is moved, "meant: reason" for what is skipped. */
function told({ name, local, skip }: Slot): string {
  if (skip !== null) return `${name}: ${skip}`;
  const on = local.toString({ smallestUnit: 'minute' });
  return on.startsWith(name) ? on : `${name} > ${on}`;
}

const from = (rule: CadenceRule, after: string, count: number) => nextTimes(rule, at(after), count).map(told);

describe('a day off', () => {
  it('is held all the same unless the cadence says otherwise', () => {
    expect(from(rule('every Friday at 9:00', 'hold'), '2026-12-20T00:00Z', 2)).toEqual([
      '2026-12-25T09:00',
      '2027-01-01T09:00',
    ]);
  });

  it('is skipped by its name', () => {
    expect(from(rule('every Friday at 9:00', 'skip'), '2026-12-16T00:00Z', 3)).toEqual([
      '2026-12-18T09:00',
      '2026-12-25: Christmas Day',
      "2027-01-01: New Year's Day",
    ]);
  });

  it('is moved to the working day before, past weekends and other days off', () => {
    expect(from(rule('every Friday at 9:00', 'previous'), '2026-12-20T00:00Z', 3)).toEqual([
      '2026-12-25 > 2026-12-23T09:00',
      '2027-01-01 > 2026-12-31T09:00',
      '2027-01-08T09:00',
    ]);
  });

  it('is moved to the working day after', () => {
    expect(from(rule('every Friday at 9:00', 'next'), '2026-12-20T00:00Z', 3)).toEqual([
      '2026-12-25 > 2026-12-28T09:00',
      '2027-01-01 > 2027-01-04T09:00',
      '2027-01-08T09:00',
    ]);
  });

  it('keeps the name and the period of the day that was meant', () => {
    const slot = nextSlot(rule('every Friday at 9:00', 'next'), at('2027-01-01T00:00Z'));
    expect(slot).toMatchObject({ name: '2027-01-01', skip: null });
    expect(slot?.at).toEqual(at('2027-01-04T09:00Z'));
    expect(slot?.covers.from.toString()).toBe('2026-12-28T00:00:00');
    expect(slot?.covers.to.toString()).toBe('2027-01-04T00:00:00');
  });

  it('is found from behind, however far it is moved', () => {
    const back = rule('every Friday at 9:00', 'previous');
    expect(latestSlot(back, at('2026-12-23T09:00Z'), at('2026-12-21T00:00Z'))?.name).toBe('2026-12-25');
    const on = rule('the 24th of every month', 'next');
    expect(latestSlot(on, at('2026-12-28T09:00Z'), at('2026-12-28T00:00Z'))?.name).toBe('2026-12-24');
    expect(nextSlot(on, at('2026-12-28T08:59Z'))?.name).toBe('2026-12-24');
    expect(nextSlot(on, at('2026-12-28T09:00Z'))?.name).toBe('2027-01-24');
  });

  it('keeps its local time where it is moved over a change of clocks', () => {
    const schedule = parseSchedule('every Monday at 9:00');
    if (!schedule.ok) throw new Error(schedule.words);
    const easter = ruleOf({
      schedule: schedule.value,
      zone: 'Europe/Berlin',
      startsOn: null,
      onHoliday: 'previous',
      dayOff: (day) => (day.toString() === '2026-03-30' ? 'A day' : null),
    });
    expect(nextSlot(easter, at('2026-03-24T00:00Z'))?.at).toEqual(at('2026-03-27T08:00Z'));
  });

  it('on which something comes anyway is skipped, with the reason', () => {
    expect(from(rule('every day at 9:00', 'next'), '2026-12-24T00:00Z', 4)).toEqual([
      '2026-12-24: Christmas Eve; it comes on 27 December 2026 anyway',
      '2026-12-25: Christmas Day; it comes on 27 December 2026 anyway',
      '2026-12-26: Boxing Day; it comes on 27 December 2026 anyway',
      '2026-12-27T09:00',
    ]);
    expect(from(rule('every Thursday and Friday at 9:00', 'previous'), '2026-12-20T00:00Z', 2)).toEqual([
      '2026-12-24 > 2026-12-23T09:00',
      '2026-12-25: Christmas Day; it comes on 23 December 2026 anyway',
    ]);
    expect(from(rule('every Thursday and Friday at 9:00', 'next'), '2026-12-20T00:00Z', 2)).toEqual([
      '2026-12-24: Christmas Eve; it comes on 28 December 2026 anyway',
      '2026-12-25 > 2026-12-28T09:00',
    ]);
  });

  it('is never moved before the first day', () => {
    const first = rule('every Friday at 9:00', 'previous', { startsOn: '2027-01-01' });
    expect(from(first, '2026-12-01T00:00Z', 2)).toEqual([
      "2027-01-01: New Year's Day; the working day before it is earlier than the first day",
      '2027-01-08T09:00',
    ]);
  });

  it('several times a day is moved with all of its times', () => {
    expect(from(rule('every Friday at 9:00 and 16:00', 'next'), '2026-12-25T09:30Z', 3)).toEqual([
      '2026-12-25T09:00 > 2026-12-28T09:00',
      '2026-12-25T16:00 > 2026-12-28T16:00',
      '2027-01-01T09:00 > 2027-01-04T09:00',
    ]);
  });
});

describe('a working day', () => {
  it('is Monday to Friday, less days off', () => {
    expect(from(rule('every working day', 'hold'), '2026-12-23T00:00Z', 3)).toEqual([
      '2026-12-23T09:00',
      '2026-12-28T09:00',
      '2026-12-29T09:00',
    ]);
    expect(from(rule('first working day of the month', 'hold'), '2026-12-20T00:00Z', 2)).toEqual([
      '2027-01-04T09:00',
      '2027-02-01T09:00',
    ]);
    expect(from(rule('last working day of the quarter', 'hold'), '2026-12-20T00:00Z', 2)).toEqual([
      '2026-12-31T09:00',
      '2027-03-31T09:00',
    ]);
  });
});

describe('every other week', () => {
  it('is counted from the first time on or after the first day', () => {
    const other = rule('every other Tuesday at 10:00', 'hold', { startsOn: '2026-11-26' });
    expect(from(other, '2026-01-01T00:00Z', 3)).toEqual([
      '2026-12-01T10:00',
      '2026-12-15T10:00',
      '2026-12-29T10:00',
    ]);
    const twice = rule('every other week on Monday and Friday', 'hold', { startsOn: '2026-11-26' });
    expect(from(twice, '2026-01-01T00:00Z', 3)).toEqual([
      '2026-11-27T09:00',
      '2026-12-07T09:00',
      '2026-12-11T09:00',
    ]);
    const same = rule('every other Tuesday at 10:00', 'hold', { startsOn: '2026-11-24' });
    expect(from(same, '2026-01-01T00:00Z', 2)).toEqual(['2026-11-24T10:00', '2026-12-08T10:00']);
  });

  it('waits for a first day that is far away', () => {
    const far = rule('every Monday', 'hold', { startsOn: '2100-01-01' });
    expect(from(far, '2026-01-01T00:00Z', 1)).toEqual(['2100-01-04T09:00']);
    expect(latestSlot(far, at('2100-01-04T08:59Z'), at('2026-01-01T00:00Z'))).toBeNull();
  });

  it('is counted from the week of 5 January 1970 where there is no first day', () => {
    expect(from(rule('every 3 weeks on Monday', 'hold'), '1969-12-30T00:00Z', 3)).toEqual([
      '1970-01-05T09:00',
      '1970-01-26T09:00',
      '1970-02-16T09:00',
    ]);
  });
});

describe('a day that a zone does not have', () => {
  it('is skipped with the reason, between those beside it', () => {
    const daily = rule('every day at 9:00', 'hold', { zone: 'Pacific/Apia' });
    expect(from(daily, '2011-12-29T00:00Z', 3)).toEqual([
      '2011-12-29T09:00',
      '2011-12-30: 30 December 2011 does not exist in Pacific/Apia',
      '2011-12-31T09:00',
    ]);
  });

  it('of several times a day is one that covers the day', () => {
    const often = rule('every Friday at 9:00 and 16:00', 'hold', { zone: 'Pacific/Apia' });
    const slot = nextSlot(often, at('2011-12-29T00:00Z'));
    expect(slot?.name).toBe('2011-12-30');
    expect(slot?.covers.from.toString()).toBe('2011-12-30T00:00:00');
    expect(slot?.covers.to.toString()).toBe('2011-12-31T00:00:00');
    expect(nextSlot(often, slot?.at ?? at('2012-01-01T00:00Z'))?.name).toBe('2012-01-06T09:00');
  });
});

describe('for random schedules, days off, zones and moments', () => {
  /** Every nth day of the year is off, and a run of days around new year. */
  const daysOff: fc.Arbitrary<DayOff> = fc
    .tuple(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 12 }))
    .map(([nth, rest]) => (day) => {
      if (day.dayOfYear <= rest || day.dayOfYear > 366 - rest) return 'The company rests';
      return day.dayOfYear % nth === 0 ? `Day ${day.dayOfYear}` : null;
    });
  const starts = fc.option(fc.integer({ min: 0, max: 900 }).map((days) => date('2025-06-01').add({ days })));
  const calendars: fc.Arbitrary<Calendar> = fc
    .tuple(worded, zones, fc.constantFrom<OnHoliday[]>('hold', 'skip', 'previous', 'next'), daysOff, starts)
    .map(([schedule, zone, onHoliday, dayOff, startsOn]) => ({
      schedule,
      zone,
      onHoliday,
      dayOff,
      startsOn,
    }));
  const rules = calendars.map(ruleOf);

  const walk = (of: CadenceRule, after: Temporal.Instant, until: Temporal.Instant): Slot[] => {
    const slots: Slot[] = [];
    for (let moment = after; ; ) {
      const slot = nextSlot(of, moment);
      if (slot === null || Temporal.Instant.compare(slot.at, until) > 0) return slots;
      slots.push(slot);
      moment = slot.at;
    }
  };

  it('slots come in order, each later than the one before, with no period twice', () => {
    fc.assert(
      fc.property(rules, instants, (of, after) => {
        const slots = nextTimes(of, after, 8);
        let before: Slot | null = null;
        for (const slot of slots) {
          expect(Temporal.Instant.compare(slot.at, before?.at ?? after)).toBe(1);
          if (before !== null) {
            expect(Temporal.PlainDateTime.compare(before.covers.to, slot.covers.from)).toBeLessThanOrEqual(0);
          }
          before = slot;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('walking on gives the same as asking for each day by itself', () => {
    fc.assert(
      fc.property(rules, instants, fc.integer({ min: 1, max: 60 }), (of, after, days) => {
        const until = after.add({ hours: days * 24 });
        const walked = walk(of, after, until);
        const backwards: Slot[] = [];
        for (let moment = until; ; ) {
          const slot = latestSlot(of, moment, after.add({ nanoseconds: 1 }));
          if (slot === null) break;
          backwards.unshift(slot);
          moment = slot.at.subtract({ nanoseconds: 1 });
        }
        expect(backwards).toEqual(walked);
      }),
      { numRuns: 50 },
    );
  });

  it('what happens, happens on no day off unless days off are held, and what is moved on a working day', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, after) => {
        for (const { local, name, skip } of nextTimes(ruleOf(calendar), after, 5)) {
          const on = local.toPlainDate();
          if (skip !== null || calendar.onHoliday === 'hold') continue;
          expect(calendar.dayOff(on)).toBeNull();
          if (!name.startsWith(on.toString())) expect(on.dayOfWeek).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('walking on gives the days filtered one by one', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 100 }), (calendar, after, days) => {
        const until = after.add({ hours: days * 24 });
        const held = ruleOf({ ...calendar, onHoliday: 'hold' });
        const walked = walk(held, after, until).map(({ at: moment }) => moment.toString());
        expect(walked).toEqual(filtered(calendar, after, until));
      }),
      { numRuns: 200 },
    );
  });
});

/** What a schedule means, told once more as plainly as can be: every date is looked at, with Temporal alone. */
function filtered(calendar: Calendar, after: Temporal.Instant, until: Temporal.Instant): string[] {
  const { zone, startsOn, dayOff } = calendar;
  const schedule = calendar.schedule;
  if (schedule.kind === 'cron') throw new Error('this knows words alone');
  const works = (day: Temporal.PlainDate) => day.dayOfWeek <= 5 && dayOff(day) === null;
  const comesOn = (day: Temporal.PlainDate): boolean => {
    if (startsOn !== null && Temporal.PlainDate.compare(day, startsOn) < 0) return false;
    if (schedule.kind === 'working-days') return works(day);
    if (schedule.kind === 'weeks') {
      let anchor = startsOn ?? date('1970-01-05');
      while (!schedule.weekdays.includes(anchor.dayOfWeek)) anchor = anchor.add({ days: 1 });
      const monday = anchor.subtract({ days: anchor.dayOfWeek - 1 });
      const weeks = Math.floor(monday.until(day, { largestUnit: 'days' }).days / 7);
      return weeks % schedule.every === 0 && schedule.weekdays.includes(day.dayOfWeek);
    }
    const months = schedule.of === 'month' ? 1 : 3;
    const first = day.with({ day: 1, month: day.month - ((day.month - 1) % months) });
    const length = first.until(first.add({ months }), { largestUnit: 'days' }).days;
    const counted = Array.from({ length }, (_, index) => first.add({ days: index })).filter(
      (each) =>
        schedule.day === 'day' ||
        (schedule.day === 'working-day' ? works(each) : each.dayOfWeek === schedule.day),
    );
    return schedule.nth.some((nth) => counted.at(nth < 0 ? nth : nth - 1)?.equals(day) ?? false);
  };
  const moments = new Map<string, Temporal.Instant>();
  let day = after.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 });
  const end = until.toZonedDateTimeISO(zone).toPlainDate();
  for (; Temporal.PlainDate.compare(day, end) <= 0; day = day.add({ days: 1 })) {
    if (!comesOn(day)) continue;
    for (const time of schedule.times) {
      const moment = day
        .toPlainDateTime(time)
        .toZonedDateTime(zone, { disambiguation: 'compatible' })
        .toInstant();
      if (Temporal.Instant.compare(moment, after) > 0 && Temporal.Instant.compare(moment, until) <= 0) {
        moments.set(moment.toString(), moment);
      }
    }
  }
  return [...moments.values()].sort(Temporal.Instant.compare).map(String);
}
