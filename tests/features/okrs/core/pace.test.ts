import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Measured } from '../../../../src/features/okrs/core/key-result.ts';
import { expectedProgress, isBehind, isKept, isWatermelon } from '../../../../src/features/okrs/core/pace.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
/** A hundred days, so that a day is one per cent. */
const cycle = { startsOn: day('2026-01-01'), endsOn: day('2026-04-10') };
const quarter = { startsOn: day('2026-10-01'), endsOn: day('2026-12-31') };
const measured = (given: Partial<Measured>): Measured => ({
  type: 'number',
  direction: 'up',
  start: 0,
  target: 100,
  current: 0,
  ...given,
});

describe('the expected progress', () => {
  it.each<[string, string, number]>([
    ['the day before the cycle', '2025-12-31', 0],
    ['its first day', '2026-01-01', 0.01],
    ['its half', '2026-02-19', 0.5],
    ['its last day', '2026-04-10', 1],
    ['any day after it', '2027-01-01', 1],
  ])('on %s (%s) is %d', (_, on, share) => {
    expect(expectedProgress(cycle, day(on))).toBe(share);
  });

  it('is all of it in a cycle of one day', () => {
    const oneDay = { startsOn: day('2026-05-05'), endsOn: day('2026-05-05') };
    expect(expectedProgress(oneDay, day('2026-05-04'))).toBe(0);
    expect(expectedProgress(oneDay, day('2026-05-05'))).toBe(1);
  });

  it('never falls from one day to the next, and stays between nothing and all', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 150 }), (days) => {
        const on = quarter.startsOn.add({ days });
        const share = expectedProgress(quarter, on);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(expectedProgress(quarter, on.add({ days: 1 }))).toBeGreaterThanOrEqual(share);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('a key result is behind', () => {
  const half = day('2026-02-19');
  it.each<[boolean, string, Partial<Measured>]>([
    [false, 'up, as far as expected', { current: 50 }],
    [false, 'up, exactly ten points below', { current: 40 }],
    [true, 'up, eleven points below', { current: 39 }],
    [true, 'up, behind its start', { current: -5 }],
    [false, 'up, beyond its target', { current: 130 }],
    [false, 'down, as far as expected', { direction: 'down', start: 100, target: 0, current: 50 }],
    [true, 'down, hardly moved', { direction: 'down', start: 100, target: 0, current: 90 }],
    [false, 'a percentage ten points below', { type: 'percent', current: 40 }],
    [true, 'a currency that stood still', { type: 'currency', current: 0 }],
    [false, 'maintained, and kept', { direction: 'maintain', start: 99.9, target: 99.9, current: 99.9 }],
    [true, 'maintained, and lost', { direction: 'maintain', start: 99.9, target: 99.9, current: 99.5 }],
    [false, 'a baseline not found yet', { start: null, current: null }],
    [false, 'a baseline just found', { start: 30, current: null }],
    [false, 'a milestone that is done or not', { type: 'milestone', target: 1, current: 0 }],
    [true, 'a milestone of several steps', { type: 'milestone', target: 4, current: 0 }],
  ])('%s: %s', (behind, _, given) => {
    expect(isBehind(measured(given), cycle, half)).toBe(behind);
  });
});

describe('a value to be maintained is kept', () => {
  it.each<[boolean | null, string, number | null, number, number | null]>([
    [true, 'at its target', 99.9, 99.9, 99.9],
    [true, 'above it, when it started there', 99.9, 99.9, 100],
    [false, 'not below it, when it started there', 99.9, 99.9, 99.8],
    [true, 'below it, when it started below', 3, 5, 4.9],
    [true, 'on it, when it started below', 3, 5, 5],
    [false, 'not above it, when it started below', 3, 5, 5.1],
    [false, 'not below it, when it started above', 8, 5, 4.9],
    [true, 'above it, when nobody knows where it started', null, 5, 6],
    [null, 'unknown without a value', 3, 5, null],
  ])('%s: %s', (kept, _, start, target, current) => {
    expect(isKept(measured({ direction: 'maintain', start, target, current }))).toBe(kept);
  });
});

describe('a watermelon', () => {
  const green = { isOnTrack: true, isBehind: true };
  it.each<[boolean, string, (typeof green)[]]>([
    [true, 'three times on track and behind', [green, green, green]],
    [true, 'the latest three of many', [green, green, green, { isOnTrack: true, isBehind: false }]],
    [false, 'twice only', [green, green]],
    [false, 'once not behind', [green, { isOnTrack: true, isBehind: false }, green, green]],
    [false, 'once not on track', [{ isOnTrack: false, isBehind: true }, green, green, green]],
  ])('%s: %s', (is, _, answers) => {
    expect(isWatermelon(answers)).toBe(is);
  });
});
