import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  ago,
  clockTime,
  dateWords,
  dayWords,
  lasted,
  lengthWords,
  momentWords,
} from '../../../src/platform/core/time-words.ts';

const noon = (date: string) => Temporal.Instant.from(`${date}T12:00Z`);

describe('how long ago', () => {
  it.each([
    ['2026-10-05', 'today'],
    ['2026-10-04', 'yesterday'],
    ['2026-10-03', '2 days ago'],
    ['2026-09-23', '12 days ago'],
    ['2026-08-07', '59 days ago'],
    ['2026-08-06', '60 days ago'],
    ['2026-08-05', '2 months ago'],
    ['2025-10-05', '12 months ago'],
    ['2024-10-06', '23 months ago'],
    ['2024-10-05', '2 years ago'],
    ['2020-01-01', '6 years ago'],
  ])('%s was on 5 October 2026: %s', (date, words) => {
    expect(ago(noon(date), noon('2026-10-05'), 'UTC')).toBe(words);
  });

  it('goes by calendar days and not by hours', () => {
    const lateEvening = Temporal.Instant.from('2026-10-04T23:59Z');
    const earlyMorning = Temporal.Instant.from('2026-10-05T00:01Z');
    expect(ago(lateEvening, earlyMorning, 'UTC')).toBe('yesterday');
    expect(ago(Temporal.Instant.from('2026-10-05T00:00Z'), noon('2026-10-05'), 'UTC')).toBe('today');
  });

  it('goes by the calendar of the zone', () => {
    const then = Temporal.Instant.from('2026-10-04T22:30Z');
    const now = Temporal.Instant.from('2026-10-05T10:00Z');
    expect(ago(then, now, 'Europe/Berlin')).toBe('today');
    expect(ago(then, now, 'America/New_York')).toBe('yesterday');
  });

  it('is what Temporal reckons, on days on which the clocks change as well', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'UTC',
    ];
    const instant = fc
      .integer({ min: Date.UTC(2011, 0), max: Date.UTC(2031, 0) })
      .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
    const hours = fc.integer({ min: 0, max: 24 * 58 });
    fc.assert(
      fc.property(instant, hours, fc.constantFrom(...zones), (then, later, zone) => {
        const now = then.add({ hours: later });
        const dayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDate();
        const { days } = dayOf(then).until(dayOf(now));
        const words = days < 1 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
        expect(ago(then, now, zone)).toBe(words);
      }),
      { numRuns: 500 },
    );
  });

  it('calls the future today, since clocks differ', () => {
    expect(ago(noon('2026-10-06'), noon('2026-10-05'), 'UTC')).toBe('today');
  });
});

describe('how long something lasted', () => {
  it.each([
    ['2026-10-05', 'a day'],
    ['2026-10-04', 'a day'],
    ['2026-10-03', '2 days'],
    ['2026-09-22', '13 days'],
    ['2026-09-21', '2 weeks'],
    ['2026-08-06', '8 weeks'],
    ['2026-08-05', '2 months'],
    ['2025-02-05', '20 months'],
    ['2020-10-05', '72 months'],
  ])('from %s to 5 October 2026: %s', (from, words) => {
    expect(lasted(noon(from), noon('2026-10-05'), 'UTC')).toBe(words);
  });
});

it('never counts one of what it names in the plural', () => {
  const day = fc.date({ min: new Date('2019-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'Pacific/Apia');
  fc.assert(
    fc.property(day, fc.nat({ max: 2_000 }), zone, (start, days, zone) => {
      const from = Temporal.Instant.fromEpochMilliseconds(start.getTime());
      const to = from.add({ hours: days * 24 });
      for (const words of [ago(from, to, zone), lasted(from, to, zone)]) expect(words).not.toMatch(/^[01] /);
    }),
    { numRuns: 500, examples: [[new Date('2026-07-01'), 60, 'UTC']] },
  );
});

describe('times and dates in words', () => {
  it('shows the wall clock of the zone to the minute', () => {
    const at = Temporal.Instant.from('2026-10-05T12:05:59Z');
    expect(clockTime(at, 'UTC')).toBe('12:05');
    expect(clockTime(at, 'Asia/Kathmandu')).toBe('17:50');
    expect(clockTime(at, 'America/New_York')).toBe('08:05');
  });

  it('names the day that an instant falls on in the zone', () => {
    const newYear = Temporal.Instant.from('2026-12-31T23:30Z');
    expect(dayWords(newYear, 'UTC')).toBe('31 December 2026');
    expect(dayWords(newYear, 'Europe/Berlin')).toBe('1 January 2027');
    expect(dateWords(Temporal.PlainDate.from('2028-02-29'))).toBe('29 February 2028');
  });
});

it('says when something is by the clock of a zone, with the year where it is another one', () => {
  const at = Temporal.Instant.from('2026-12-31T23:30Z');
  expect(momentWords(at, noon('2026-11-20'), 'UTC')).toBe('Thu 31 Dec, 23:30');
  expect(momentWords(at, noon('2026-11-20'), 'Europe/Berlin')).toBe('Fri 1 Jan 2027, 00:30');
});

it.each([
  [-1, '0 seconds'],
  [1, '1 second'],
  [59.9, '59 seconds'],
  [60, '1 minute'],
  [3_599, '59 minutes'],
  [7_200, '2 hours'],
  [200_000, '2 days'],
])('calls %d seconds %s', (seconds, words) => {
  expect(lengthWords(seconds)).toBe(words);
});
