import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { readDates } from '../../../src/platform/core/cell-dates.ts';

function read(...cells: string[]): (string | null)[] {
  return readDates(cells).dates.map((date) => (date === null ? null : date.toString()));
}

describe('one day, as people type it', () => {
  it.each([
    '2026-12-24',
    '2026/12/24',
    '24.12.2026',
    '24. 12. 2026',
    '24.12.26',
    '24/12/2026',
    '12/24/2026',
    '24-12-2026',
    '24 Dec 2026',
    '24-Dec-26',
    '24th of December 2026',
    '24. Dezember 2026',
    '24 déc. 2026',
    'Dec 24, 2026',
    'December 24th, 2026',
    'Thu 24 Dec 2026',
    'Thursday, December 24, 2026',
    '2026-12-24 09:00',
    '2026-12-24T09:00:00Z',
    '12/24/2026 9:00 AM',
  ])('%s', (cell) => {
    expect(read(cell)).toEqual(['2026-12-24']);
  });
});

it.each([
  '',
  'soon',
  'Q4',
  '24',
  '2026',
  '31.02.2026',
  '2026-13-01',
  '24 Foo 2026',
  'Dec 2026',
  '46380',
  '13/13/2026',
])('%j is no day', (cell) => {
  expect(read(cell)).toEqual([null]);
});

describe('day or month first is decided by the column', () => {
  test('by a cell that can only be read in one way', () => {
    expect(readDates(['03/04/2026', '24/12/2026']).order).toBe('day-first');
    expect(read('03/04/2026', '24/12/2026')).toEqual(['2026-04-03', '2026-12-24']);
    expect(readDates(['03/04/2026', '12/24/2026']).order).toBe('month-first');
    expect(read('03/04/2026', '12/24/2026')).toEqual(['2026-03-04', '2026-12-24']);
  });

  test('no cell tells: ambiguous, but where both ways are one day', () => {
    expect(read('03/04/2026', '05/05/2026', '2026-01-02', '')).toEqual([
      'ambiguous',
      '2026-05-05',
      '2026-01-02',
      null,
    ]);
  });

  test('cells contradict each other: ambiguous where it matters', () => {
    expect(read('24/12/2026', '12/24/2026', '03/04/2026')).toEqual(['2026-12-24', '2026-12-24', 'ambiguous']);
  });

  test('dots are always day first', () => {
    expect(read('03.04.2026')).toEqual(['2026-04-03']);
  });
});

test('three styles in one column read back', () => {
  const day = fc
    .integer({ min: 0, max: 40_000 })
    .map((days) => Temporal.PlainDate.from('1950-01-01').add({ days }));
  const styles = [
    (date: Temporal.PlainDate) => date.toString(),
    ({ day, month, year }: Temporal.PlainDate) => `${day}.${month}.${year}`,
    ({ day, month, year }: Temporal.PlainDate) => `${day}/${month}/${year}`,
    (date: Temporal.PlainDate) =>
      date.toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }),
    (date: Temporal.PlainDate) =>
      date.toLocaleString('en-US', { day: 'numeric', month: 'long', year: 'numeric' }),
  ];
  fc.assert(
    fc.property(fc.array(fc.tuple(day, fc.constantFrom(...styles)), { maxLength: 20 }), (typed) => {
      const { dates } = readDates(['24/12/2026', ...typed.map(([date, style]) => style(date))]);
      expect(dates.slice(1).map(String)).toEqual(typed.map(([date]) => date.toString()));
    }),
  );
});
