import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dayOffIn } from '../../src/cadence/days-off.ts';
import type { Place } from '../../src/cadence/holidays.ts';
import { loadPlaces } from '../../src/cadence/places.ts';

const in_ = async (country: string, state: string | null = null, region: string | null = null) => {
  const dayOff = await dayOffIn({ place: { country, state, region }, companyDays: [] });
  return (date: string) => dayOff(Temporal.PlainDate.from(date));
};

describe('public holidays', () => {
  it('are those of the country, in English', async () => {
    const germany = await in_('DE');
    expect(germany('2026-12-25')).toBe('Christmas Day');
    expect(germany('2027-03-26')).toBe('Good Friday');
    expect(germany('2026-12-24')).toBeNull();
    expect(germany('2027-03-08')).toBeNull();
  });

  it('are those of the state and the region too', async () => {
    expect((await in_('DE', 'BE'))('2027-03-08')).toBe("International Women's Day");
    const augsburg = await in_('DE', 'BY', 'A');
    expect(augsburg('2027-08-08')).not.toBeNull();
    expect((await in_('DE', 'BY'))('2027-08-08')).toBeNull();
  });

  it('are days in lieu too', async () => {
    expect((await in_('US'))('2026-07-03')).toBe('Independence Day (substitute day)');
  });

  it('last as long as they do, over the turn of a month or year', async () => {
    const riyadh = await in_('SA');
    expect(['2026-03-18', '2026-03-19', '2026-03-22', '2026-03-23'].map(riyadh)).toEqual([
      null,
      'End of Ramadan (Eid al-Fitr)',
      'End of Ramadan (Eid al-Fitr)',
      null,
    ]);
  });

  it('are whole days alone', async () => {
    expect((await in_('CN'))('2026-05-04')).toBeNull();
  });

  it('are none for a company without a place, which may have days of its own', async () => {
    const dayOff = await dayOffIn({
      place: null,
      companyDays: [{ date: '2026-12-24', name: 'Christmas Eve' }],
    });
    expect(dayOff(Temporal.PlainDate.from('2026-12-25'))).toBeNull();
    expect(dayOff(Temporal.PlainDate.from('2026-12-24'))).toBe('Christmas Eve');
  });
});

describe('a place', () => {
  const problemOf = async (place: Partial<Place>) =>
    (await loadPlaces()).problemOf({ country: 'DE', state: null, region: null, ...place });

  it('is one whose holidays are known', async () => {
    expect(await problemOf({})).toBeNull();
    expect(await problemOf({ state: 'BY', region: 'A' })).toBeNull();
    expect(await problemOf({ country: 'toString' })).toMatchObject({ field: 'country' });
    expect(await problemOf({ state: 'constructor' })).toMatchObject({ field: 'state' });
  });
});
