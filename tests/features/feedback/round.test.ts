import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { mondayToFriday } from '../../../src/cadence/core/working-days.ts';
import { quarterOf, tallyOf, windowOf } from '../../../src/features/feedback/core/round.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);

describe('the quarter of a day', () => {
  it.each([
    ['2026-11-20', '2026-Q4', '2026-10-01', '2027-01-01'],
    ['2026-01-01', '2026-Q1', '2026-01-01', '2026-04-01'],
    ['2028-02-29', '2028-Q1', '2028-01-01', '2028-04-01'],
  ])('%s is %s', (of, key, from, until) => {
    expect(quarterOf(day(of))).toEqual({ key, from: day(from), until: day(until) });
  });
});

describe('when people are asked about a ritual', () => {
  const windowIn = (iso: string, zone: string, worksOn = mondayToFriday) => {
    const { asked, closes } = windowOf(quarterOf(day(iso)), zone, worksOn);
    return [asked, closes].map((at) =>
      at.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', offset: 'never' }),
    );
  };

  it('is ten in the morning two weeks before the end of the quarter, for a week', () => {
    expect(windowIn('2026-11-20', 'Europe/Berlin')).toEqual(['2026-12-18T10:00:00', '2026-12-25T10:00:00']);
  });

  it('is a working day before, where that one is none', () => {
    expect(windowIn('2026-02-01', 'Asia/Tokyo')).toEqual(['2026-03-18T10:00:00', '2026-03-25T10:00:00']);
    const noFriday = (date: Temporal.PlainDate) => mondayToFriday(date) && date.dayOfWeek !== 5;
    expect(windowIn('2026-11-20', 'Europe/Berlin', noFriday)[0]).toBe('2026-12-17T10:00:00');
  });

  it('lies in the quarter that it asks about, whatever the zone', () => {
    const zones = fc.constantFrom('UTC', 'Pacific/Auckland', 'America/St_Johns', 'Asia/Kathmandu');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), zones, (days, zone) => {
        const quarter = quarterOf(day('2000-01-01').add({ days }));
        const { asked, closes } = windowOf(quarter, zone, mondayToFriday);
        const on = asked.toZonedDateTimeISO(zone).toPlainDate();
        expect(quarterOf(on)).toEqual(quarter);
        expect(mondayToFriday(on)).toBe(true);
        expect(quarterOf(closes.toZonedDateTimeISO(zone).toPlainDate())).toEqual(quarter);
      }),
    );
  });
});

it('counts what was said, and who said nothing', () => {
  expect(tallyOf(['keep', 'stop', null, 'keep'])).toEqual({ keep: 2, change: 0, stop: 1, silent: 1 });
});
