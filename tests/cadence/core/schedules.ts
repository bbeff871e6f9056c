import fc from 'fast-check';
import { timeWritten } from '../../../src/cadence/core/days.ts';
import type { Counted, Span, Worded } from '../../../src/cadence/core/worded.ts';

const someOf = (max: number, most: number, min = 1): fc.Arbitrary<number[]> =>
  fc
    .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: most })
    .map((values) => values.sort((a, b) => a - b));

const times = someOf(1_439, 3, 0).map((minutes) => minutes.map(timeWritten));

const nth = (most: number, day: Counted, of: Span): fc.Arbitrary<Worded> => {
  const last: fc.Arbitrary<number[]> = fc.constantFrom([], [-1]);
  return fc.tuple(someOf(most, 2), last, fc.boolean(), times).map(([some, end, isLastAlone, at]) => ({
    kind: 'nth',
    nth: isLastAlone ? [-1] : [...some, ...end],
    day,
    of,
    times: at,
  }));
};

/** All that can be said in words. */
export const worded: fc.Arbitrary<Worded> = fc.oneof(
  fc
    .tuple(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 52 })), someOf(7, 7), times)
    .map(([every, weekdays, at]): Worded => ({ kind: 'weeks', every, weekdays, times: at })),
  times.map((at): Worded => ({ kind: 'working-days', times: at })),
  nth(31, 'day', 'month'),
  nth(92, 'day', 'quarter'),
  nth(23, 'working-day', 'month'),
  nth(66, 'working-day', 'quarter'),
  nth(5, 1, 'month'),
  nth(14, 4, 'quarter'),
);
