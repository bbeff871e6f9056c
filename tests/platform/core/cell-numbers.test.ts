import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { readNumberCell } from '../../../src/platform/core/cell-numbers.ts';

it.each([
  ['3', 3, null],
  ['3,5', 3.5, null],
  ['3.5', 3.5, null],
  ['-3,5', -3.5, null],
  ['−2', -2, null],
  ['+2', 2, null],
  ['(12)', -12, null],
  ['0', 0, null],
  ['-0', 0, null],
  ['.5', 0.5, null],
  ['0.125', 0.125, null],
  ['0,125', 0.125, null],
  ['1.200', 1200, null],
  ['1,200', 1200, null],
  ['12,5', 12.5, null],
  ['1.2000', 1.2, null],
  ['1.200,50', 1200.5, null],
  ['1,200.50', 1200.5, null],
  ['1.200.000', 1_200_000, null],
  ['1,200,000.5', 1_200_000.5, null],
  ["1'200'000", 1_200_000, null],
  ['1 200', 1200, null],
  ['1\u00a0200,5', 1200.5, null],
  ['45 %', 45, '%'],
  ['4,5%', 4.5, '%'],
  ['€ 12', 12, '€'],
  ['12 €', 12, '€'],
  ['-€12', -12, '€'],
  ['€ -12', -12, '€'],
  ['€ 12k', 12_000, '€'],
  ['1.1k', 1_100, null],
  ['$1.5m', 1_500_000, '$'],
  ['EUR 3 mio', 3_000_000, 'EUR'],
])('%s', (cell, value, unit) => {
  expect(readNumberCell(cell)).toEqual({ value, unit });
});

it.each([
  '',
  ' ',
  '-',
  'k',
  'Q3',
  '12 weeks',
  '3 of 5',
  '1.2.3',
  '1,2,3',
  '12,34,567',
  '1.200,50,3',
  '% 5',
  '€ 5 %',
  '2026-12-24',
  '24.12.2026',
  '12:30',
  '1e5',
  '5 km',
])('%j is no number', (cell) => {
  expect(readNumberCell(cell)).toBeUndefined();
});

test('a number is read as it was, however it is grouped', () => {
  const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const style = fc.constantFrom(['de', 'EUR'], ['en', 'USD'], ['de-CH', 'CHF'], ['fr', 'EUR'], ['sv', 'SEK']);
  fc.assert(
    fc.property(cents, style, (whole, [locale]) => {
      const value = whole / 100;
      const shown = value.toLocaleString(locale, { minimumFractionDigits: 2 });
      expect(readNumberCell(shown)?.value).toBe(value === 0 ? 0 : value);
    }),
  );
});

test('it answers whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (cell) => {
      const read = readNumberCell(cell);
      expect(read === undefined || Number.isFinite(read.value)).toBe(true);
    }),
  );
});
