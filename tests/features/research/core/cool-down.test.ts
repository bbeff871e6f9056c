import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { coolDownOf, daysIn, daysLeft, freeOn } from '../../../../src/features/research/core/cool-down.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const days = fc.integer({ min: 0, max: 999 });
const date = fc.integer({ min: 0, max: 20_000 }).map((count) => day('2000-01-01').add({ days: count }));

describe('the rest of an account', () => {
  it('counts days of the calendar from the day of the last conversation on', () => {
    expect(daysLeft(day('2026-11-03'), 'P30D', day('2026-11-16'))).toBe(17);
    expect(daysLeft(day('2026-11-03'), 'P30D', day('2026-11-03'))).toBe(30);
    expect(daysLeft(day('2026-11-03'), 'P30D', day('2026-12-02'))).toBe(1);
    expect(daysLeft(day('2026-11-03'), 'P30D', day('2026-12-03'))).toBe(0);
  });

  it('is none where nobody has asked yet, and where it needs none', () => {
    expect(daysLeft(null, 'P30D', day('2026-11-16'))).toBe(0);
    expect(daysLeft(day('2026-11-16'), 'P0D', day('2026-11-16'))).toBe(0);
  });

  it('is never longer than the account needs, when the day is ahead of the company’s', () => {
    expect(daysLeft(day('2026-11-17'), 'P30D', day('2026-11-16'))).toBe(30);
    expect(daysLeft(day('2026-11-17'), 'P0D', day('2026-11-16'))).toBe(0);
  });

  it('is over on the day on which it may be asked again, and on no day before', () => {
    fc.assert(
      fc.property(date, days, (last, count) => {
        const coolDown = coolDownOf(count);
        const free = freeOn(last, coolDown);
        if (free === null) throw new Error('it was asked');
        expect(daysLeft(last, coolDown, free)).toBe(0);
        if (count > 0) expect(daysLeft(last, coolDown, free.subtract({ days: 1 }))).toBe(1);
      }),
    );
  });

  it('is a day shorter every day, until it is over', () => {
    fc.assert(
      fc.property(date, days, fc.integer({ min: 0, max: 1_200 }), (last, count, later) => {
        const today = last.add({ days: later });
        const left = daysLeft(last, coolDownOf(count), today);
        expect(daysLeft(last, coolDownOf(count), today.add({ days: 1 }))).toBe(Math.max(0, left - 1));
      }),
    );
  });

  it('is written as P30D, and read back', () => {
    fc.assert(fc.property(days, (count) => daysIn(coolDownOf(count)) === count));
    expect(() => daysIn('P1M')).toThrow('P1M is no number of days');
  });
});
