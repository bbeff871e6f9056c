import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  byPriority,
  priorityOf,
  priorityWords,
  suggestedAlignment,
} from '../../../../src/features/roadmap/core/priority.ts';

const score = fc.integer({ min: 1, max: 5 });
const maybe = fc.option(score);
const item = fc.record({
  ...{ impact: maybe, effort: maybe, alignment: maybe },
  ...{ id: fc.integer({ min: 1, max: 1_000 }), position: fc.integer({ min: 0, max: 9 }) },
});

describe('a priority', () => {
  test('is impact times alignment by effort, and shows its formula', () => {
    expect(priorityWords({ impact: 5, alignment: 4, effort: 3 })).toBe(
      'Priority 6.7 = impact 5 × alignment 4 ÷ effort 3',
    );
  });

  test('lies between 0.2 and 25', () => {
    fc.assert(
      fc.property(score, score, score, (impact, effort, alignment) => {
        const priority = priorityOf({ impact, effort, alignment });
        expect(priority).toBeGreaterThanOrEqual(0.2);
        expect(priority).toBeLessThanOrEqual(25);
      }),
    );
  });

  test('never falls with more impact or alignment, and never rises with more effort', () => {
    fc.assert(
      fc.property(score, score, score, score, (impact, effort, alignment, other) => {
        const more = Math.max(impact, other);
        const less = Math.min(impact, other);
        const of = (it: number, cost: number, aim: number) =>
          priorityOf({ impact: it, effort: cost, alignment: aim }) ?? 0;
        expect(of(more, effort, alignment)).toBeGreaterThanOrEqual(of(less, effort, alignment));
        expect(of(impact, effort, more)).toBeGreaterThanOrEqual(of(impact, effort, less));
        expect(of(impact, more, alignment)).toBeLessThanOrEqual(of(impact, less, alignment));
      }),
    );
  });

  test('is not there, and has no words, as long as one of the three is open', () => {
    fc.assert(
      fc.property(maybe, maybe, maybe, (impact, effort, alignment) => {
        const isOpen = impact === null || effort === null || alignment === null;
        expect(priorityOf({ impact, effort, alignment }) === null).toBe(isOpen);
        expect(priorityWords({ impact, effort, alignment }) === null).toBe(isOpen);
      }),
    );
  });
});

describe('the order', () => {
  test('has the highest priority first, and what is not scored after all that is', () => {
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const priorities = items.toSorted(byPriority).map(priorityOf);
        const scored = priorities.filter((it) => it !== null);
        expect(priorities.slice(0, scored.length)).toEqual(scored);
        expect(scored).toEqual(scored.toSorted((a, b) => b - a));
      }),
    );
  });

  test('is the same whatever order the items come in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(item, { selector: ({ id }) => id }), (items) => {
        expect(items.toReversed().sort(byPriority)).toEqual(items.toSorted(byPriority));
      }),
    );
  });
});

test('an alignment that nobody has said begins with what the item supports', () => {
  expect(suggestedAlignment({ alignment: null, supportsWhatIsInForce: true })).toBe(3);
  expect(suggestedAlignment({ alignment: null, supportsWhatIsInForce: false })).toBe(1);
  expect(suggestedAlignment({ alignment: 5, supportsWhatIsInForce: false })).toBe(5);
});
