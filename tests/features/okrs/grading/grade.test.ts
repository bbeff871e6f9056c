import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import type { Cycle } from '../../../../src/features/okrs/core/cycle.ts';
import {
  calibrationOf,
  distanceWords,
  leanWords,
} from '../../../../src/features/okrs/grading/core/calibration.ts';
import {
  endOfObjective,
  lacksWords,
  readScore,
  suggestedFate,
} from '../../../../src/features/okrs/grading/core/grade.ts';
import {
  cycleToClose,
  cycleToPlan,
  following,
  nextOf,
} from '../../../../src/features/okrs/grading/core/next-cycle.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const cycle = (key: string, starts: string, ends: string, state: Cycle['state'] = 'active'): Cycle => ({
  ...{ id: 1, key, startsOn: day(starts), endsOn: day(ends), state, parentId: null },
});
const q4 = cycle('2026-Q4', '2026-10-01', '2026-12-31');

test.each([
  ['0', 0],
  ['0.0', 0],
  ['1', 1],
  ['1.0', 1],
  ['0,7', 0.7],
  [' 0.65 ', 0.7],
  ['.4', 0.4],
  ['0.649', 0.6],
  ['1.01', null],
  ['1.1', null],
  ['-0.1', null],
  ['70%', null],
  ['', null],
  ['good', null],
  ['0.5.5', null],
])('a score typed as %j is read as %s', (typed, score) => {
  expect(readScore(typed)).toBe(score);
});

it('a score that is read is a tenth from 0 to 1, whatever is typed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double({ min: 0, max: 2, noNaN: true }).map(String)), (typed) => {
      const score = readScore(typed);
      if (score === null) return;
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(Math.abs(score * 10 - Math.round(score * 10))).toBeLessThan(1e-9);
    }),
  );
});

test.each([
  ['committed', 1, null, false],
  ['committed', 0.9, null, true],
  ['committed', 0.9, 'Late provider', false],
  ['committed', 0, null, true],
  ['aspirational', 0.2, null, false],
  ['aspirational', 0.7, null, false],
] as const)('%s at %d with the words %j lacks words: %s', (commitment, score, words, lacks) => {
  expect(lacksWords(commitment, { score, words })).toBe(lacks);
});

test.each([
  ['committed', 1, 'done'],
  ['committed', 0.9, 'carry'],
  ['aspirational', 0.7, 'done'],
  ['aspirational', 0.6, 'carry'],
  ['aspirational', null, 'done'],
] as const)('of %s at %s is offered: %s', (commitment, score, fate) => {
  expect(suggestedFate(score, commitment)).toBe(fate);
});

test.each([
  [['done', 'done'], 'done'],
  [['done', 'carried'], 'carried'],
  [['dropped', 'dropped'], 'dropped'],
  [['dropped', 'done'], 'done'],
  [[], 'done'],
] as const)('an objective whose key results are %j is %s', (ends, end) => {
  expect(endOfObjective(ends)).toBe(end);
});

describe('the cycle that follows', () => {
  test.each([
    ['2026-Q4', '2026-10-01', '2026-12-31', '2027-Q1', '2027-01-01', '2027-03-31'],
    ['2026-Q1', '2026-01-01', '2026-03-31', '2026-Q2', '2026-04-01', '2026-06-30'],
    ['2026', '2026-01-01', '2026-12-31', '2027', '2027-01-01', '2027-12-31'],
    ['autumn', '2026-10-01', '2026-11-30', 'autumn-next', '2026-12-01', '2027-01-31'],
    ['sprint', '2026-10-05', '2026-11-15', 'sprint-next', '2026-11-16', '2026-12-27'],
    ['Q1 (February)', '2026-02-01', '2026-04-30', 'Q1 (February)-next', '2026-05-01', '2026-07-31'],
  ])('on %s (%s to %s) is %s from %s to %s', (key, starts, ends, nextKey, nextStarts, nextEnds) => {
    const next = following(cycle(key, starts, ends), new Set([key]));
    expect({ ...next, startsOn: next.startsOn.toString(), endsOn: next.endsOn.toString() }).toEqual({
      ...{ key: nextKey, startsOn: nextStarts, endsOn: nextEnds },
    });
  });

  it('begins on the next day and ends later, whatever the days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 400 }), (from, length) => {
        const startsOn = day('2024-01-01').add({ days: from });
        const one = cycle('any', startsOn.toString(), startsOn.add({ days: length }).toString());
        const next = following(one, new Set());
        expect(one.endsOn.until(next.startsOn).days).toBe(1);
        expect(Temporal.PlainDate.compare(next.endsOn, next.startsOn)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is the first open one of about the same length, not the year around it', () => {
    const year = cycle('2027', '2027-01-01', '2027-12-31', 'draft');
    const q1 = cycle('2027-Q1', '2027-01-01', '2027-03-31', 'draft');
    const q2 = cycle('2027-Q2', '2027-04-01', '2027-06-30', 'draft');
    expect(nextOf([q2, year, q1, q4], q4)?.key).toBe('2027-Q1');
    expect(nextOf([year, q4], q4)).toBeNull();
    expect(nextOf([{ ...q1, state: 'closed' }, q4], q4)).toBeNull();
  });
});

test.each([
  ['2026-12-16', null],
  ['2026-12-17', '2026-Q4'],
  ['2027-01-05', '2026-Q4'],
])('a close without a name on %s is of %s', (on, key) => {
  const year = cycle('2026', '2026-01-01', '2026-12-31');
  const next = cycle('2027-Q1', '2027-01-01', '2027-03-31');
  expect(cycleToClose([year, next, q4], day(on))?.key ?? null).toBe(key);
});

test.each([
  ['2026-12-01', '2027-Q1'],
  ['2027-04-01', '2027-Q2'],
  ['2027-07-01', null],
])('a planning without a name on %s is of %s', (on, key) => {
  const q1 = cycle('2027-Q1', '2027-01-01', '2027-03-31', 'draft');
  const q2 = cycle('2027-Q2', '2027-04-01', '2027-06-30', 'draft');
  expect(cycleToPlan([q2, q4, q1], day(on))?.key ?? null).toBe(key);
});

describe('confidence against what came of it', () => {
  const said = (last: number, isHit: boolean, middle: number | null = null) => ({ last, isHit, middle });

  it('is gathered in three bins, in the middle and at the end', () => {
    expect(calibrationOf([said(9, true, 6), said(8, false, 8), said(2, false)])).toEqual({
      count: 3,
      middle: {
        bins: [
          { name: '0 to 4', count: 0, hits: 0 },
          { name: '5 to 7', count: 1, hits: 1 },
          { name: '8 to 10', count: 1, hits: 0 },
        ],
        distance: expect.closeTo(0.4),
      },
      last: {
        bins: [
          { name: '0 to 4', count: 1, hits: 0 },
          { name: '5 to 7', count: 0, hits: 0 },
          { name: '8 to 10', count: 2, hits: 1 },
        ],
        distance: expect.closeTo(0.23),
      },
      lean: expect.closeTo(0.3),
    });
    expect(calibrationOf([])).toBeNull();
  });

  test.each([
    [[said(10, true), said(0, false)], 'very close to what happened', 'neither too sure nor too careful'],
    [[said(6, true)], 'close to what happened', 'more careful than needed'],
    [[said(5, true), said(5, false)], 'about as near as always saying 5', 'neither too sure nor too careful'],
    [
      [said(9, false), said(8, false)],
      'further off than always saying 5',
      'more sure than things turned out',
    ],
  ])('of %j is %s, and %s', (answers, distance, lean) => {
    const calibration = calibrationOf(answers);
    expect(distanceWords(calibration?.last.distance ?? -1)).toBe(distance);
    expect(leanWords(calibration?.lean ?? 9)).toBe(lean);
  });

  it('is between 0 and 1, and every answer stands in one bin', () => {
    const one = fc.record({
      ...{ last: fc.integer({ min: 0, max: 10 }), isHit: fc.boolean() },
      middle: fc.option(fc.integer({ min: 0, max: 10 })),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1 }), (answers) => {
        const calibration = calibrationOf(answers);
        const { bins = [], distance = -1 } = calibration?.last ?? {};
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(answers.length);
        expect(distance >= 0 && distance <= 1).toBe(true);
      }),
    );
  });
});
