import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  later,
  mondayToFriday,
  type WorksOn,
  workingDayAfter,
  workingDaysLater,
  worksOn,
} from '../../../src/cadence/core/working-days.ts';
import { instants, zones } from './rules.ts';

const date = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(text);

const counts = fc.integer({ min: 0, max: 30 });
const dates = fc.integer({ min: 0, max: 2_000 }).map((days) => date('2025-01-01').add({ days }));
/** Some weekdays, less every nth day of the year as a holiday. */
const people: fc.Arbitrary<WorksOn> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    fc.integer({ min: 2, max: 40 }).filter((nth) => nth % 7 !== 0),
  )
  .map(
    ([weekdays, nth]) =>
      (day) =>
        weekdays.includes(day.dayOfWeek) && day.dayOfYear % nth !== 0,
  );

describe('the working day after', () => {
  it.each([
    ['a Monday', '2026-11-23', 1, '2026-11-24'],
    ['a Friday', '2026-11-20', 1, '2026-11-23'],
    ['a Saturday', '2026-11-21', 1, '2026-11-23'],
    ['a Sunday', '2026-11-22', 1, '2026-11-23'],
    ['a Friday, the second', '2026-11-20', 2, '2026-11-24'],
    ['a Wednesday, the tenth', '2026-11-25', 10, '2026-12-09'],
  ])('%s', (_, from, count, expected) => {
    expect(workingDayAfter(date(from), count, mondayToFriday).toString()).toBe(expected);
  });

  it('passes over holidays and weekdays off', () => {
    const holidays = new Set(['2026-12-25', '2027-01-01']);
    const worksOn: WorksOn = (day) => [1, 2, 4, 5].includes(day.dayOfWeek) && !holidays.has(day.toString());
    expect(workingDayAfter(date('2026-12-22'), 1, worksOn).toString()).toBe('2026-12-24');
    expect(workingDayAfter(date('2026-12-24'), 1, worksOn).toString()).toBe('2026-12-28');
    expect(workingDayAfter(date('2026-12-24'), 4, worksOn).toString()).toBe('2027-01-04');
  });

  it('is a working day, with as many of them up to it as were asked for', () => {
    fc.assert(
      fc.property(dates, counts, people, (from, count, worksOn) => {
        const reached = workingDayAfter(from, count, worksOn);
        const days = from.until(reached, { largestUnit: 'days' }).days;
        const worked = Array.from({ length: days }, (_, index) => from.add({ days: index + 1 })).filter(
          worksOn,
        );
        expect(worked.length).toBe(count);
        expect(worked.at(-1)?.toString() ?? from.toString()).toBe(reached.toString());
      }),
    );
  });

  it('does not look for ever for whoever never works', () => {
    expect(() => workingDayAfter(date('2026-11-20'), 1, () => false)).toThrow(RangeError);
  });
});

describe('working days later it is the same local time', () => {
  it.each([
    ['over a weekend', '2026-11-20T14:00:00Z', 'Europe/Berlin', 2, '2026-11-24T14:00:00Z'],
    ['as the clocks change', '2026-10-23T13:00:00Z', 'Europe/Berlin', 1, '2026-10-26T14:00:00Z'],
    [
      'on the day that it is there, not in Greenwich',
      '2026-11-22T23:30:00Z',
      'Asia/Tokyo',
      1,
      '2026-11-23T23:30:00Z',
    ],
  ])('%s', (_, from, zone, count, expected) => {
    expect(workingDaysLater(at(from), zone, count, mondayToFriday).toString()).toBe(expected);
  });

  const everyDay: WorksOn = () => true;

  it('after a gap that it falls into', () => {
    const later = workingDaysLater(at('2026-03-28T01:30:00Z'), 'Europe/Berlin', 1, everyDay);
    expect(later.toZonedDateTimeISO('Europe/Berlin').toPlainTime().toString()).toBe('03:30:00');
  });

  it('at the first turn of an overlap', () => {
    const later = workingDaysLater(at('2026-10-24T00:30:00Z'), 'Europe/Berlin', 1, everyDay);
    expect(later.toString()).toBe('2026-10-25T00:30:00Z');
  });

  it('and never earlier than before', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 1, max: 30 }), people, (from, zone, count, worksOn) => {
        const later = workingDaysLater(from, zone, count, worksOn);
        expect(Temporal.Instant.compare(later, from)).toBe(1);
      }),
    );
  });
});

describe('somebody works', () => {
  const dayOff = (day: Temporal.PlainDate) => (day.toString() === '2026-12-25' ? 'Christmas Day' : null);
  const awayOn = (day: Temporal.PlainDate) => day.toString() === '2026-12-22';
  const worked = (workingDays: number[] | null) =>
    Array.from({ length: 7 }, (_, index) => date('2026-12-21').add({ days: index }))
      .filter(worksOn({ workingDays, awayOn, dayOff }))
      .map((day) => day.day);

  it('Monday to Friday, but on days off and while they are away', () => {
    expect(worked(null)).toEqual([21, 23, 24]);
  });

  it('or on their own weekdays', () => {
    expect(worked([2, 3, 5, 7])).toEqual([23, 27]);
  });
});

describe('what comes later', () => {
  const friday = at('2026-10-23T13:00:00Z');
  it('by days comes at the same local time on a working day', () => {
    expect(later(friday, 'P1D', 'Europe/Berlin', mondayToFriday)).toEqual(at('2026-10-26T14:00:00Z'));
    expect(later(friday, 'P0D', 'Europe/Berlin', mondayToFriday)).toEqual(friday);
  });

  it('by hours comes when they are over, whoever rests', () => {
    expect(later(friday, 'PT48H', 'Europe/Berlin', mondayToFriday)).toEqual(at('2026-10-25T13:00:00Z'));
    expect(later(friday, 'PT1H30M', 'Europe/Berlin', mondayToFriday)).toEqual(at('2026-10-23T14:30:00Z'));
  });

  it('by both is nothing that anybody could mean', () => {
    expect(() => later(friday, 'P1DT2H', 'Europe/Berlin', mondayToFriday)).toThrow(RangeError);
    expect(() => later(friday, 'P1W', 'Europe/Berlin', mondayToFriday)).toThrow(RangeError);
  });
});
