import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { mondayToFriday } from '../../../../src/cadence/core/working-days.ts';
import { askAt, atNine, preparingDay } from '../../../../src/features/reviews/core/preparing.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);

describe('the day on which people are asked', () => {
  test.each([
    ['a Thursday', '2026-11-26', '2026-11-24'],
    ['a Monday, over the weekend', '2026-11-30', '2026-11-26'],
    ['a Tuesday', '2026-12-01', '2026-11-27'],
    ['a Sunday', '2026-11-29', '2026-11-26'],
  ])('is two working days before %s', (_name, on, asked) => {
    expect(preparingDay(day(on), mondayToFriday).toString()).toBe(asked);
  });

  test('leaves out holidays', () => {
    const works = (date: Temporal.PlainDate) => mondayToFriday(date) && date.toString() !== '2026-11-25';
    expect(preparingDay(day('2026-11-26'), works).toString()).toBe('2026-11-23');
  });

  test('is the day itself where nobody works for a month', () => {
    expect(preparingDay(day('2026-11-26'), () => false).toString()).toBe('2026-11-26');
  });

  test('is always a working day with exactly one between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), (days) => {
        const on = day('2026-01-01').add({ days });
        const asked = preparingDay(on, mondayToFriday);
        expect(mondayToFriday(asked)).toBe(true);
        let between = 0;
        for (let it = asked.add({ days: 1 }); !it.equals(on); it = it.add({ days: 1 }))
          if (mondayToFriday(it)) between += 1;
        expect(between).toBe(1);
      }),
    );
  });
});

describe('nine o’clock', () => {
  test('is that of the zone, also on days on which clocks change', () => {
    expect(atNine(day('2026-11-24'), 'Europe/Berlin').toString()).toBe('2026-11-24T08:00:00Z');
    expect(atNine(day('2026-10-25'), 'Europe/Berlin').toString()).toBe('2026-10-25T08:00:00Z');
    expect(atNine(day('2026-11-24'), 'Pacific/Auckland').toString()).toBe('2026-11-23T20:00:00Z');
  });
});

describe('when somebody is asked', () => {
  const due = Temporal.Instant.from('2026-11-26T09:00:00Z');
  const asked = (now: string, zone = 'Europe/Berlin') =>
    askAt(Temporal.Instant.from(now), zone, due).toZonedDateTimeISO(zone).toPlainDateTime().toString();

  test.each([
    ['before nine, at nine', '2026-11-24T04:00:00Z', '2026-11-24T09:00:00'],
    ['during the day, at once', '2026-11-24T14:30:00Z', '2026-11-24T15:30:00'],
    ['in the evening, at nine of the next day', '2026-11-24T19:00:00Z', '2026-11-25T09:00:00'],
    ['at night before it, at nine', '2026-11-26T01:00:00Z', '2026-11-26T09:00:00'],
  ])('%s', (_name, now, at) => {
    expect(asked(now)).toBe(at);
  });

  test('is never after the review has begun', () => {
    expect(asked('2026-11-26T08:00:00Z', 'America/Los_Angeles')).toBe('2026-11-26T00:00:00');
    expect(asked('2026-11-26T08:00:00Z', 'Asia/Tokyo')).toBe('2026-11-26T17:00:00');
    expect(asked('2026-11-26T08:00:00Z', 'Pacific/Auckland')).toBe('2026-11-26T21:00:00');
  });
});
