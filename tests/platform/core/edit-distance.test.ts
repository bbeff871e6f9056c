import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../../src/platform/core/edit-distance.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '🚀'), maxLength: 9 });

describe('the distance between two words', () => {
  it.each([
    ['payments', 'payments', 0],
    ['paymnets', 'payments', 1],
    ['payment', 'payments', 1],
    ['paiments', 'payments', 1],
    ['ab', 'ba', 1],
    ['ca', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['🚀a', 'a🚀', 1],
  ])('from %s to %s is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  it('is none from a word to itself, and never none between different ones', () => {
    fc.assert(fc.property(word, word, (a, b) => (editDistance(a, b) === 0) === (a === b)));
  });

  it('is the same both ways', () => {
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b) === editDistance(b, a)));
  });

  it('is at most the longer word, and at least the difference in length', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [m, n] = [Array.from(a).length, Array.from(b).length];
        const distance = editDistance(a, b);
        return distance <= Math.max(m, n) && distance >= Math.abs(m - n);
      }),
    );
  });

  it('is one for two neighbours that changed places', () => {
    fc.assert(
      fc.property(word, word, fc.constantFrom('ab', 'bé', 'c🚀'), (before, after, pair) => {
        const swapped = Array.from(pair).reverse().join('');
        return editDistance(before + pair + after, before + swapped + after) === 1;
      }),
    );
  });

  it('is counted up to `most`, and everything farther is one more than that', () => {
    fc.assert(
      fc.property(word, word, fc.nat({ max: 9 }), (a, b, most) => {
        expect(editDistance(a, b, most)).toBe(Math.min(editDistance(a, b), most + 1));
      }),
      { examples: [['abc', 'abxyz', 1]], numRuns: 2_000 },
    );
  });
});

describe('the nearest word', () => {
  it.each([
    ['owmer', 'owner'],
    ['OWNER', 'owner'],
    ['hand', undefined],
    ['handof', 'handoff'],
    ['zebra', undefined],
    ['', undefined],
  ])('to %s is %s', (typed, meant) => {
    expect(nearest(typed, ['owner', 'handoff', 'checkin', 'okr'])).toBe(meant);
  });

  it('is the first of two that are equally near', () => {
    expect(nearest('bat', ['cat', 'hat'])).toBe('cat');
  });

  it('is nothing where nothing is known', () => {
    expect(nearest('owner', [])).toBeUndefined();
  });
});
