import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber, typedNumber } from '../../../../src/features/check-ins/core/number.ts';

describe('a number is read as people type it', () => {
  it.each<[string, number]>([
    ['0', 0],
    ['12', 12],
    ['12.5', 12.5],
    ['12,5', 12.5],
    ['.5', 0.5],
    ['0,125', 0.125],
    ['0.125', 0.125],
    ['-3.1', -3.1],
    ['+3', 3],
    ['\u22123.1', -3.1],
    ['1250', 1250],
    ['1,250', 1250],
    ['1.250', 1.25],
    ['1,250.5', 1250.5],
    ['1.250,5', 1250.5],
    ['1 250', 1250],
    ['1\u00a0250,5', 1250.5],
    ['1\u202f250\u202f000', 1_250_000],
    ["1'250.50", 1250.5],
    ['1’250', 1250],
    ['1,250,000', 1_250_000],
    ['1.250.000', 1_250_000],
    ['1.250.000,25', 1_250_000.25],
    ['1250,500', 1250.5],
    ['12,3456', 12.3456],
    ['€ 3.20', 3.2],
    ['€3,20', 3.2],
    ['3.20 €', 3.2],
    ['-$ 5', -5],
    ['$-5', -5],
    ['12 %', 12],
    ['12%', 12],
    ['12400 EUR', 12_400],
    ['42 Kunden', 42],
    ['3 дня', 3],
    ['  7  ', 7],
  ])('%j', (text, value) => {
    expect(readNumber(text)).toBe(value);
  });
});

describe('what is no number, or could be two, is not guessed', () => {
  it.each([
    '',
    ' ',
    'n/a',
    'done',
    '-',
    '%',
    '€',
    '1,2,3',
    '1.2.3',
    '1,25,000',
    '1.25.000,5',
    '1,250.000.5',
    '12,500,5',
    '1,,250',
    '12 5',
    '1 2 3',
    '12 34',
    '10 000 0',
    '12.',
    '12-15',
    '12/15',
    '1e5',
    '0x10',
    'about 12',
    '12 of 15',
    '12 %%',
    '--5',
    '+-5',
    '12k',
    '1.2M',
    '3 mio',
    '2 bn',
    'NaN',
    'Infinity',
    '9'.repeat(400),
  ])('%j', (text) => {
    expect(readNumber(text)).toBeNull();
  });
});

it('reads what other programs write, in any of the usual forms', () => {
  const value = fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => cents / 100);
  fc.assert(
    fc.property(value, fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'de-CH', 'pl-PL'), (value, language) => {
      const written = new Intl.NumberFormat(language, { minimumFractionDigits: 2 }).format(value);
      expect(readNumber(written)).toBe(value);
      expect(readNumber(`${written} %`)).toBe(value);
      expect(readNumber(String(value))).toBe(value);
    }),
  );
});

it('reads what a field was filled with as the very same number', () => {
  const size = fc.double({ min: 0.01, max: 1e15, noNaN: true });
  fc.assert(
    fc.property(
      fc.oneof(
        size,
        size.map((value) => -value),
        fc.integer(),
      ),
      (value) => {
        expect(readNumber(typedNumber(value))).toBe(value);
      },
    ),
    { examples: [[0], [1.25], [1250], [0.0000001], [0.1 + 0.2], [1_234_567.125]] },
  );
});

it('gives a finite number or nothing, whatever is typed', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-+0-9.,' %€]{0,12}$/));
  fc.assert(
    fc.property(text, (typed) => {
      const value = readNumber(typed);
      expect(value === null || Number.isFinite(value)).toBe(true);
    }),
  );
});
