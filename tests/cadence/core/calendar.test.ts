import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { latestSlot, nextSlot, type Slot, slotAt } from '../../../src/cadence/core/calendar.ts';
import { timeWritten } from '../../../src/cadence/core/days.ts';
import type { Period } from '../../../src/cadence/core/period.ts';
import { cron, instants, read, zones } from './rules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const compare = Temporal.Instant.compare;

function next(text: string, zone: string, after: string): Slot {
  const slot = nextSlot(read(text, zone), at(after));
  if (slot === null) throw new Error('it never comes');
  return slot;
}

/** The instants of the next slots, as the wall clock of the zone shows them. */
function following(count: number, text: string, zone: string, after: string): string[] {
  const found: string[] = [];
  let from = after;
  for (let index = 0; index < count; index += 1) {
    const slot = next(text, zone, from);
    found.push(slot.at.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'minute' }));
    from = slot.at.toString();
  }
  return found;
}

describe('what an occurrence of a rule covers', () => {
  it.each<[string, string, Period]>([
    ['weekly', '0 9 * * MON', 'week'],
    ['on Sundays', '0 9 * * SUN', 'week'],
    ['daily', '0 9 * * *', 'day'],
    ['on working days', '0 9 * * MON-FRI', 'day'],
    ['on two weekdays', '0 9 * * MON,THU', 'day'],
    ['monthly', '0 9 1 * *', 'month'],
    ['on the last possible day', '0 9 31 * *', 'month'],
    ['twice a month', '0 9 1,15 * *', 'week'],
    ['quarterly', '0 9 1 JAN,APR,JUL,OCT *', 'quarter'],
    ['in two months of a quarter', '0 9 1 JAN,FEB *', 'month'],
    ['yearly', '0 9 24 DEC *', 'quarter'],
    ['on leap days', '0 9 29 2 *', 'quarter'],
    ['several times a day', '0 9,14 * * MON', 'slot'],
    ['every minute', '* * * * *', 'slot'],
    ['on a day of the month or a weekday', '0 9 13 * FRI', 'day'],
    ['on days that share a week in some years alone', '0 9 7,13 11 *', 'day'],
    ['on a leap day that shares a week with a Friday in some years alone', '0 9 29 2 FRI', 'day'],
  ])('%s', (_, text, period) => {
    expect(read(text).period).toBe(period);
  });

  it.each<[Period, string, string]>([
    ['slot', '2026-10-07T09:00:00', '2026-10-07T09:01:00'],
    ['day', '2026-10-07T00:00:00', '2026-10-08T00:00:00'],
    ['week', '2026-10-05T00:00:00', '2026-10-12T00:00:00'],
    ['month', '2026-10-01T00:00:00', '2026-11-01T00:00:00'],
    ['quarter', '2026-10-01T00:00:00', '2027-01-01T00:00:00'],
  ])('is its %s, from %s to %s', (period, from, to) => {
    const { covers } = slotAt(Temporal.PlainDateTime.from('2026-10-07T09:00'), 'UTC', period);
    expect([covers.from.toString(), covers.to.toString()]).toEqual([from, to]);
  });

  it('is a week from Monday to Sunday, across months and years', () => {
    const { covers } = slotAt(Temporal.PlainDateTime.from('2027-01-03T09:00'), 'UTC', 'week');
    expect([covers.from.toString(), covers.to.toString()]).toEqual([
      '2026-12-28T00:00:00',
      '2027-01-04T00:00:00',
    ]);
  });

  it('never overlaps from one slot to the next', () => {
    fc.assert(
      fc.property(cron, zones, instants, (text, zone, after) => {
        const rule = read(text, zone);
        let before: Slot | null = null;
        let from = after;
        for (let index = 0; index < 6; index += 1) {
          const slot = nextSlot(rule, from);
          if (slot === null) return;
          if (before !== null)
            expect(Temporal.PlainDateTime.compare(before.covers.to, slot.covers.from)).toBeLessThanOrEqual(0);
          expect(Temporal.PlainDateTime.compare(slot.covers.from, slot.local)).toBeLessThanOrEqual(0);
          expect(Temporal.PlainDateTime.compare(slot.local, slot.covers.to)).toBeLessThan(0);
          before = slot;
          from = slot.at;
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the name of an occurrence', () => {
  it('is its local date, with the time when there are several a day', () => {
    expect(next('0 1 * * MON', 'Asia/Tokyo', '2026-10-01T00:00Z').name).toBe('2026-10-05');
    expect(next('0 1 * * MON', 'Asia/Tokyo', '2026-10-01T00:00Z').at).toEqual(at('2026-10-04T16:00Z'));
    expect(next('30 9,14 * * *', 'UTC', '2026-10-05T10:00Z').name).toBe('2026-10-05T14:30');
  });
});

describe('the next slot', () => {
  it('is later than the moment asked about, not at it', () => {
    expect(following(2, '0 9 * * MON', 'UTC', '2026-10-05T09:00Z')).toEqual([
      '2026-10-12T09:00+00:00',
      '2026-10-19T09:00+00:00',
    ]);
    expect(following(1, '0 9 * * MON', 'UTC', '2026-10-05T08:59:59.999Z')).toEqual([
      '2026-10-05T09:00+00:00',
    ]);
  });

  it('keeps the wall clock when summer time begins and ends', () => {
    expect(following(2, '0 9 * * MON', 'Europe/Berlin', '2026-10-18T00:00Z')).toEqual([
      '2026-10-19T09:00+02:00',
      '2026-10-26T09:00+01:00',
    ]);
    expect(following(2, '0 9 * * MON', 'America/New_York', '2026-03-01T00:00Z')).toEqual([
      '2026-03-02T09:00-05:00',
      '2026-03-09T09:00-04:00',
    ]);
  });

  it('skips months without the day', () => {
    expect(following(3, '0 9 31 * *', 'UTC', '2026-10-31T10:00Z')).toEqual([
      '2026-12-31T09:00+00:00',
      '2027-01-31T09:00+00:00',
      '2027-03-31T09:00+00:00',
    ]);
  });

  it('waits for a leap day, eight years across 2100', () => {
    expect(following(1, '0 9 29 2 *', 'UTC', '2026-10-01T00:00Z')).toEqual(['2028-02-29T09:00+00:00']);
    expect(following(1, '0 9 29 2 *', 'UTC', '2096-02-29T09:00Z')).toEqual(['2104-02-29T09:00+00:00']);
  });

  it('is none for a day that never comes', () => {
    for (const text of ['0 9 30 2 *', '0 9 31 4,6,9,11 *']) {
      expect(nextSlot(read(text), at('2026-10-01T00:00Z'))).toBeNull();
    }
  });
});

describe('a time in a spring gap happens after the gap', () => {
  it.each([
    ['Europe/Berlin', '30 2 * * *', '2026-03-28T12:00Z', '2026-03-29T03:30+02:00'],
    ['America/New_York', '30 2 * * *', '2026-03-07T12:00Z', '2026-03-08T03:30-04:00'],
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03T00:00Z', '2026-10-04T02:45+11:00'],
    ['Africa/Casablanca', '30 2 * * *', '2026-03-21T12:00Z', '2026-03-22T03:30+01:00'],
    ['America/Nuuk', '30 23 * * *', '2026-03-28T12:00Z', '2026-03-29T00:30-01:00', '2026-03-28'],
  ])('%s', (zone, text, after, expected, name = expected.slice(0, 10)) => {
    const slot = next(text, zone, after);
    expect(following(1, text, zone, after)).toEqual([expected]);
    expect(slot.name).toBe(name);
    expect(slot.local.toPlainTime().toString({ smallestUnit: 'minute' })).toBe(
      timeWritten(read(text).rule.times[0] ?? -1),
    );
  });

  it('and the day after at its own time again', () => {
    expect(following(3, '30 2 * * *', 'Europe/Berlin', '2026-03-28T00:00Z')).toEqual([
      '2026-03-28T02:30+01:00',
      '2026-03-29T03:30+02:00',
      '2026-03-30T02:30+02:00',
    ]);
  });
});

describe('a time in an autumn overlap happens once, at its first turn', () => {
  it.each([
    [
      'Europe/Berlin',
      '30 2 * * *',
      '2026-10-24T12:00Z',
      ['2026-10-25T02:30+02:00', '2026-10-26T02:30+01:00'],
    ],
    [
      'America/New_York',
      '30 1 * * *',
      '2026-10-31T12:00Z',
      ['2026-11-01T01:30-04:00', '2026-11-02T01:30-05:00'],
    ],
    [
      'Australia/Lord_Howe',
      '45 1 * * *',
      '2026-04-04T00:00Z',
      ['2026-04-05T01:45+11:00', '2026-04-06T01:45+10:30'],
    ],
    [
      'Africa/Casablanca',
      '30 2 * * *',
      '2026-02-14T12:00Z',
      ['2026-02-15T02:30+01:00', '2026-02-16T02:30+00:00'],
    ],
  ])('%s', (zone, text, after, expected) => {
    expect(following(2, text, zone, after)).toEqual(expected);
  });
});

describe('several times a day around a gap', () => {
  it('come once each moment, in the order of the moments', () => {
    expect(following(4, '0 * * * *', 'Europe/Berlin', '2026-03-29T00:00Z')).toEqual([
      '2026-03-29T03:00+02:00',
      '2026-03-29T04:00+02:00',
      '2026-03-29T05:00+02:00',
      '2026-03-29T06:00+02:00',
    ]);
    expect(following(5, '0,15,40 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00Z')).toEqual([
      '2026-10-04T02:30+11:00',
      '2026-10-04T02:40+11:00',
      '2026-10-04T02:45+11:00',
      '2026-10-05T02:00+11:00',
      '2026-10-05T02:15+11:00',
    ]);
  });

  it('come in order where the gap pushes one past midnight', () => {
    expect(following(4, '15,30 0,23 * * *', 'America/Nuuk', '2026-03-28T22:00Z')).toEqual([
      '2026-03-29T00:15-01:00',
      '2026-03-29T00:30-01:00',
      '2026-03-29T23:15-01:00',
      '2026-03-29T23:30-01:00',
    ]);
    expect(following(3, '15 0 29 * *', 'America/Nuuk', '2026-03-28T22:00Z')[0]).toBe(
      '2026-03-29T00:15-01:00',
    );
  });

  it('are named by the local time that exists where two fall on one moment', () => {
    expect(next('0 * * * *', 'Europe/Berlin', '2026-03-29T00:30Z').name).toBe('2026-03-29T03:00');
  });
});

describe('for random rules, zones and moments', () => {
  it('the next slot is later than what it comes after, and nothing of the rule lies between', () => {
    fc.assert(
      fc.property(cron, zones, instants, (text, zone, after) => {
        const rule = read(text, zone);
        const slot = nextSlot(rule, after);
        if (slot === null) return;
        expect(compare(slot.at, after)).toBe(1);
        const halfway = after.add({ nanoseconds: Math.floor(after.until(slot.at).total('nanoseconds') / 2) });
        expect(nextSlot(rule, halfway)?.at).toEqual(slot.at);
        const justBefore = slot.at.subtract({ nanoseconds: 1 });
        expect(latestSlot(rule, justBefore, after.add({ nanoseconds: 1 }))).toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  it('the latest slot at the moment of the next one is that one', () => {
    fc.assert(
      fc.property(cron, zones, instants, (text, zone, after) => {
        const rule = read(text, zone);
        const slot = nextSlot(rule, after);
        if (slot === null) return;
        expect(latestSlot(rule, slot.at, slot.at)).toEqual(slot);
        expect(latestSlot(rule, slot.at, after)).toEqual(slot);
      }),
      {
        numRuns: 150,
        examples: [
          ['0 * * * *', 'Europe/Berlin', at('2026-03-29T00:30Z')],
          ['0,15,40 2 * * *', 'Australia/Lord_Howe', at('2026-10-03T15:00Z')],
        ],
      },
    );
  });

  it('walking on from slot to slot passes what looking back finds', () => {
    fc.assert(
      fc.property(cron, zones, instants, fc.nat({ max: 8 }), (text, zone, from, steps) => {
        const rule = read(text, zone);
        let last: Slot | null = null;
        let after = from;
        for (let step = 0; step <= steps; step += 1) {
          const slot = nextSlot(rule, after);
          if (slot === null) return;
          last = slot;
          after = slot.at;
        }
        expect(latestSlot(rule, after, from)).toEqual(last);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the latest slot', () => {
  const weekly = read('0 9 * * MON');
  it('is at or before the moment asked about', () => {
    const find = (moment: string) => latestSlot(weekly, at(moment), at('2026-01-01T00:00Z'))?.name;
    expect(find('2026-10-05T09:00Z')).toBe('2026-10-05');
    expect(find('2026-10-05T08:59Z')).toBe('2026-09-28');
    expect(find('2026-10-11T23:00Z')).toBe('2026-10-05');
  });

  it('is never one before the first that counts', () => {
    const notBefore = at('2026-10-05T09:00Z');
    expect(latestSlot(weekly, at('2026-10-05T10:00Z'), notBefore)?.name).toBe('2026-10-05');
    expect(latestSlot(weekly, at('2026-10-05T10:00Z'), notBefore.add({ minutes: 1 }))).toBeNull();
  });
});
