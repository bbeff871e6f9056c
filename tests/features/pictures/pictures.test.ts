import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { altTextOf, altTextOfAll } from '../../../src/features/pictures/core/alt-text.ts';
import type { Series } from '../../../src/features/pictures/core/series.ts';
import { specOf, specOfAll } from '../../../src/features/pictures/core/spec.ts';
import { draw } from '../../../src/features/pictures/drawing.ts';

const day = (iso: string) => Temporal.PlainDate.from(iso);
const point = (on: string, value: number, confidence: number | null = null) => ({
  on: day(on),
  value,
  confidence,
});
const series = (given: Partial<Series> = {}): Series => ({
  title: 'Failed payment rate',
  unit: '%',
  start: 4.2,
  target: 2,
  isKept: false,
  from: day('2026-10-01'),
  to: day('2026-12-31'),
  points: [point('2026-10-05', 4, 8), point('2026-11-12', 3.1, 7)],
  ...given,
});

describe('the words of a picture', () => {
  const both = [point('2026-10-05', 4, 7), point('2026-10-12', 4.2, 7)];
  test.each<[string, Partial<Series>, string]>([
    [
      'what moved, what is expected, and confidence that fell',
      {},
      'Failed payment rate went from 4.2 % to 3.1 % of a target of 2 % in 6 weeks; expected by now 3.17 %. Confidence 7, was 8.',
    ],
    ['nothing yet', { points: [] }, 'Failed payment rate: no value yet. The target is 2 %.'],
    [
      'one value, in the first days, without confidence',
      { points: [point('2026-10-02', 5)] },
      'Failed payment rate went from 4.2 % to 5 % of a target of 2 % in the first days; expected by now 4.15 %.',
    ],
    [
      'back at its start, with the same confidence',
      { points: both },
      'Failed payment rate stands at 4.2 % of a target of 2 % in 2 weeks; expected by now 3.91 %. Confidence 7.',
    ],
    [
      'kept where it is, without a unit',
      { isKept: true, unit: '', points: [point('2026-10-08', 1_250_000)], target: 1_000_000, start: null },
      'Failed payment rate stands at 1,250,000 to be kept at 1,000,000 in 1 week.',
    ],
  ])('%s', (_name, given, words) => expect(altTextOf(series(given))).toBe(words));

  test('of many key results name six and count the others', () => {
    const words = altTextOfAll(Array.from({ length: 8 }, () => series()));
    expect(words.split('\n')).toHaveLength(7);
    expect(words).toMatch(/2 more\.$/);
  });
});

const days = fc.integer({ min: -40, max: 130 }).map((count) => day('2026-10-01').add({ days: count }));
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const anySeries: fc.Arbitrary<Series> = fc.record({
  title: fc.string({ maxLength: 3_000, unit: 'binary' }),
  unit: fc.string({ maxLength: 50 }),
  start: fc.option(number),
  target: number,
  isKept: fc.boolean(),
  from: days,
  to: days,
  points: fc.array(
    fc.record({ on: days, value: number, confidence: fc.option(fc.integer({ min: 0, max: 10 })) }),
    { maxLength: 20 },
  ),
});

describe('a picture of whatever series', () => {
  test('has words that Slack takes', () => {
    fc.assert(
      fc.property(fc.array(anySeries, { minLength: 1, maxLength: 8 }), (all) => {
        for (const words of [...all.map(altTextOf), altTextOfAll(all)]) {
          expect(words.length).toBeGreaterThan(0);
          expect(words.length).toBeLessThanOrEqual(2_000);
        }
      }),
    );
  });

  test('can be drawn', async () => {
    await fc.assert(
      fc.asyncProperty(anySeries, async (one) => {
        expect(isPng(await draw(specOf(one)))).toBe(true);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test.each<[string, Partial<Series>]>([
    ['one point', { points: [point('2026-10-05', 3)] }],
    ['no point', { points: [] }],
    ['all the same', { start: 2, points: [point('2026-10-05', 2), point('2026-10-12', 2)] }],
    ['over 100 %', { start: 0, target: 10, points: [point('2026-10-05', 4), point('2026-10-12', 30, 10)] }],
    ['below zero', { start: -3, target: -10, points: [point('2026-10-05', -4), point('2026-10-12', -30)] }],
  ])('%s: a small PNG', async (_name, given) => {
    const png = await draw(specOf(series(given)));
    expect(isPng(png)).toBe(true);
    expect(png.length).toBeLessThan(60_000);
  });

  test('six at once: one PNG below 100 kB', async () => {
    const png = await draw(specOfAll(Array.from({ length: 8 }, () => series())));
    expect(isPng(png)).toBe(true);
    expect(png.length).toBeLessThan(100_000);
  });
});

const isPng = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 4)).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
