import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dayOf, msPerDay } from '../../../src/cadence/core/days.ts';
import { hasDay, localOf, momentOf } from '../../../src/cadence/core/wall-clock.ts';
import { instants, zones } from './rules.ts';

const asUtc = (local: Temporal.PlainDateTime): number =>
  local.toZonedDateTime('UTC').toInstant().epochMilliseconds;
const dayIn = (zone: string, date: string): boolean => hasDay(zone, dayOf(Temporal.PlainDate.from(date)));

describe('the wall clock', () => {
  it('shows what Temporal shows, and a local time comes when Temporal says', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: -180, max: 180 }), (at, zone, minutes) => {
        const local = at.toZonedDateTimeISO(zone).toPlainDateTime();
        expect(localOf(at.epochMilliseconds, zone)).toBe(asUtc(local));
        const meant = local.add({ minutes });
        const moment = meant.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
        expect(momentOf(asUtc(meant), zone)).toBe(moment);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['Pacific/Apia', '2011-12-29', true],
    ['Pacific/Apia', '2011-12-30', false],
    ['Pacific/Apia', '2011-12-31', true],
    ['Pacific/Kwajalein', '1993-08-21', false],
    ['America/Nuuk', '2026-03-28', true],
    ['Africa/Cairo', '2026-04-24', true],
  ])('in %s has the day %s: %s', (zone, date, expected) => {
    expect(dayIn(zone, date)).toBe(expected);
  });

  it('is the same again after more days than are kept', () => {
    const at = Date.UTC(2026, 10, 23, 9);
    const before = momentOf(at, 'Europe/Berlin');
    for (let day = 0; day < 20_001; day += 1) localOf(day * msPerDay, 'UTC');
    expect(momentOf(at, 'Europe/Berlin')).toBe(before);
  }, 60_000);
});
