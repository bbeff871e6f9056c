import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Commitment } from '../../../../src/features/okrs/core/health.ts';
import type { Measured } from '../../../../src/features/okrs/core/key-result.ts';
import {
  type Colour,
  colourOf,
  isHit,
  meanScore,
  suggestedScore,
} from '../../../../src/features/okrs/core/score.ts';

const measured = (given: Partial<Measured>): Measured => ({
  type: 'number',
  direction: 'up',
  start: 0,
  target: 100,
  current: 0,
  ...given,
});

describe('the score that the numbers suggest', () => {
  it.each<[number | null, string, Partial<Measured>]>([
    [0, 'up, not moved', { current: 0 }],
    [0.7, 'up, seven tenths of the way', { current: 70 }],
    [1, 'up, at its target', { current: 100 }],
    [1, 'up, over 100 %', { current: 140 }],
    [0, 'up, below its start', { current: -20 }],
    [0.6, 'a hair below a half tenth', { current: 64.9 }],
    [0.7, 'exactly a half tenth goes up', { current: 65 }],
    [0.9, 'nearly all is not rounded to all', { current: 99.9 }],
    [0.9, 'as is less of it', { current: 94.9 }],
    [0.5, 'down, half of the way', { direction: 'down', start: 4, target: 2, current: 3 }],
    [1, 'down, below its target', { direction: 'down', start: 4, target: 2, current: 1 }],
    [0, 'down, gone up', { direction: 'down', start: 4, target: 2, current: 5 }],
    [0.3, 'fractions', { direction: 'down', start: 0.3, target: 0, current: 0.2 }],
    [1, 'maintained, kept', { direction: 'maintain', start: 99, target: 99, current: 99.2 }],
    [0, 'maintained, lost', { direction: 'maintain', start: 99, target: 99, current: 98.9 }],
    [null, 'maintained, without a value', { direction: 'maintain', current: null }],
    [null, 'a baseline that was never found', { start: null, current: null }],
    [0, 'a milestone not done', { type: 'milestone', target: 1, current: 0 }],
    [1, 'a milestone done', { type: 'milestone', target: 1, current: 1 }],
    [0.5, 'a milestone, two of four steps', { type: 'milestone', target: 4, current: 2 }],
    [null, 'no value', { current: null }],
  ])('is %s: %s', (score, _, given) => {
    expect(suggestedScore(measured(given))).toBe(score);
  });

  it('is always a tenth from 0.0 to 1.0', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, value, (start, target, current) => {
        fc.pre(start !== target);
        const score = suggestedScore(measured({ start, target, current })) ?? Number.NaN;
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(Number(score.toFixed(1))).toBe(score);
      }),
    );
  });
});

describe('the colour at grading', () => {
  it.each<[Commitment, number, Colour, 'hit' | 'miss']>([
    ['aspirational', 1, 'green', 'hit'],
    ['aspirational', 0.7, 'green', 'hit'],
    ['aspirational', 0.6, 'amber', 'miss'],
    ['aspirational', 0.4, 'amber', 'miss'],
    ['aspirational', 0.3, 'red', 'miss'],
    ['aspirational', 0, 'red', 'miss'],
    ['committed', 1, 'green', 'hit'],
    ['committed', 0.9, 'red', 'miss'],
    ['committed', 0.7, 'red', 'miss'],
    ['committed', 0, 'red', 'miss'],
  ])('of a(n) %s one with %d is %s, a %s', (commitment, score, colour, outcome) => {
    expect(colourOf(score, commitment)).toBe(colour);
    expect(isHit(score, commitment)).toBe(outcome === 'hit');
  });
});

describe('the score of an objective', () => {
  it.each<[string, number[], number | null]>([
    ['the mean of its key results', [1, 0.4], 0.7],
    ['rounded, a half up', [0.7, 0.6], 0.7],
    ['of one', [0.3], 0.3],
    ['nothing where none is graded', [], null],
  ])('is %s', (_, scores, score) => {
    expect(meanScore(scores)).toBe(score);
  });
});
