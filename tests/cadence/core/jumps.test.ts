import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { jumpsFrom } from '../../../src/cadence/core/jumps.ts';
import { instants, zones } from './rules.ts';

/** Where the jumps go from a local time, as the zone's own clock shows it. */
function jumps(local: string, zone = 'Europe/Berlin'): Record<string, string> {
  const now = Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
  return Object.fromEntries(
    jumpsFrom(now, zone).map(({ key, at }) => [
      key,
      at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }),
    ]),
  );
}

describe('the jumps', () => {
  it('are called as people would', () => {
    const labels = jumpsFrom(Temporal.Instant.from('2026-11-20T14:00:00Z'), 'UTC').map(({ label }) => label);
    expect(labels).toEqual(['Monday 09:00', 'Tomorrow 09:00', 'In 2 working days']);
  });

  it.each([
    ['a Friday afternoon', '2026-11-20T15:00', '2026-11-23T09:00', '2026-11-21T09:00', '2026-11-24T15:00'],
    ['a Saturday', '2026-11-21T10:00', '2026-11-23T09:00', '2026-11-22T09:00', '2026-11-24T10:00'],
    ['a Sunday night', '2026-11-22T23:59', '2026-11-23T09:00', '2026-11-23T09:00', '2026-11-24T23:59'],
    ['a Monday before nine', '2026-11-23T08:59', '2026-11-23T09:00', '2026-11-24T09:00', '2026-11-25T08:59'],
    ['a Monday at nine', '2026-11-23T09:00', '2026-11-30T09:00', '2026-11-24T09:00', '2026-11-25T09:00'],
    ['the end of a year', '2026-12-31T18:00', '2027-01-04T09:00', '2027-01-01T09:00', '2027-01-04T18:00'],
  ])('from %s', (_, now, monday, tomorrow, later) => {
    expect(jumps(now)).toEqual({ monday, tomorrow, 'in-2-working-days': later });
  });

  it('go by the date of the company and not of Greenwich', () => {
    const now = Temporal.Instant.from('2026-11-22T20:00:00Z');
    const [monday] = jumpsFrom(now, 'Pacific/Auckland');
    expect(monday?.at.toString()).toBe('2026-11-29T20:00:00Z');
    expect(jumpsFrom(now, 'America/New_York')[0]?.at.toString()).toBe('2026-11-23T14:00:00Z');
  });

  it('show nine o’clock on the other side of a change of clocks', () => {
    expect(jumps('2026-03-27T15:00')).toMatchObject({ monday: '2026-03-30T09:00' });
    expect(jumps('2026-10-24T15:00')).toMatchObject({ tomorrow: '2026-10-25T09:00' });
  });

  it('go after a gap that the time falls into, and to the first turn of an overlap', () => {
    // In Egypt the clocks go forward as a Friday begins, and back as a Thursday ends.
    expect(jumps('2026-04-22T00:30', 'Africa/Cairo')['in-2-working-days']).toBe('2026-04-24T01:30');
    const now = Temporal.PlainDateTime.from('2026-10-27T23:30').toZonedDateTime('Africa/Cairo').toInstant();
    expect(jumpsFrom(now, 'Africa/Cairo')[2]?.at.toString()).toBe('2026-10-29T20:30:00Z');
  });

  it('always lie ahead: Monday and tomorrow at nine, and the first such', () => {
    fc.assert(
      fc.property(instants, zones, (now, zone) => {
        const [monday, tomorrow, later] = jumpsFrom(now, zone).map(({ at }) => at.toZonedDateTimeISO(zone));
        const here = now.toZonedDateTimeISO(zone);
        for (const each of [monday, tomorrow, later]) {
          expect(Temporal.Instant.compare(each?.toInstant() ?? now, now)).toBe(1);
        }
        expect([monday?.hour, monday?.minute, monday?.dayOfWeek]).toEqual([9, 0, 1]);
        expect(here.until(monday ?? here, { largestUnit: 'hours' }).hours).toBeLessThanOrEqual(7 * 24 + 1);
        expect([tomorrow?.hour, tomorrow?.minute]).toEqual([9, 0]);
        expect(tomorrow?.toPlainDate().toString()).toBe(here.toPlainDate().add({ days: 1 }).toString());
        expect(later?.dayOfWeek).toBeLessThanOrEqual(5);
      }),
    );
  });
});
