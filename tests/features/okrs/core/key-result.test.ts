import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyResult, progressOf, valueWords } from '../../../../src/features/okrs/core/key-result.ts';

describe('a value in words', () => {
  it.each<[number, KeyResult['type'], string | null, string]>([
    [3.1, 'number', null, '3.1'],
    [3.1, 'number', '%', '3.1 %'],
    [12, 'percent', null, '12 %'],
    [12, 'percent', 'points', '12 points'],
    [12_400, 'currency', 'EUR', '12,400 EUR'],
    [1_250_000.5, 'number', null, '1,250,000.5'],
    [0.12345, 'number', null, '0.1235'],
    [-3, 'number', 'ms', '-3 ms'],
    [1, 'milestone', null, 'done'],
    [2, 'milestone', null, 'done'],
    [0, 'milestone', null, 'not done'],
    [0.5, 'milestone', null, '0.5 done'],
    [3, 'milestone', 'markets', '3 markets'],
  ])('%d of a %s with the unit %s is %s', (value, type, unit, words) => {
    expect(valueWords(value, { type, unit })).toBe(words);
  });
});

describe('progress', () => {
  it.each<[string, number | null, number, number | null, number | null]>([
    ['none at the start', 4, 2, 4, 0],
    ['half on the way down', 4, 2, 3, 0.5],
    ['half on the way up', 10, 20, 15, 0.5],
    ['all at the target', 10, 20, 20, 1],
    ['more than all beyond it', 10, 20, 25, 1.5],
    ['less than none behind the start', 10, 20, 5, -0.5],
    ['not known without a start', null, 20, 5, null],
    ['not known without a value', 10, 20, null, null],
    ['not known where it starts at its target', 20, 20, 20, null],
    ['of zero to zero point one', 0, 0.1, 0.05, 0.5],
  ])('is %s', (_, start, target, current, progress) => {
    const direction = start !== null && start > target ? 'down' : 'up';
    expect(progressOf({ direction, start, target, current }) === progress).toBe(true);
  });

  it('is nothing that a value to be kept has', () => {
    expect(progressOf({ direction: 'maintain', start: 10, target: 20, current: 15 })).toBeNull();
  });

  it('grows towards the target, whichever way that is', () => {
    const value = fc.integer({ min: -1_000, max: 1_000 });
    fc.assert(
      fc.property(value, value, value, value, (start, target, one, other) => {
        fc.pre(start !== target);
        const far = (current: number) =>
          progressOf({ direction: 'up', start, target, current }) ?? Number.NaN;
        const isNearer = target > start ? one > other : one < other;
        expect(far(one) > far(other)).toBe(isNearer);
      }),
    );
  });
});
