import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInPages } from '../../../../src/features/playbook/core/built-in.ts';
import { findNamed } from '../../../../src/features/playbook/core/finding.ts';
import { ownPage } from '../support.ts';

const pages = [...builtInPages, ownPage()];
const found = (typed: string): string | string[] => {
  const answer = findNamed(pages, typed);
  return answer.kind === 'found' ? answer.page.key : answer.pages.map(({ key }) => key);
};

describe('which page somebody means', () => {
  test.each([
    ['roadmap-review', 'roadmap-review'],
    ['Roadmap review', 'roadmap-review'],
    ['ROADMAP REVIEWS', 'roadmap-review'],
    ['pricing review', 'pricing-review'],
    ['roadmap', 'roadmap-review'],
    ['strat rev', 'strategy-review'],
    ['check-in', 'okr-check-in'],
    ['digest', 'digest'],
    ['for leaders', 'digest'],
    ['raodmap review', 'roadmap-review'],
    ['ownership audti', 'ownership-audit'],
  ])('%s: %s', (typed, key) => {
    expect(found(typed)).toBe(key);
  });

  test('words that begin several names offer these', () => {
    expect(found('okr')).toEqual(['okr-planning', 'okr-check-in', 'okr-close']);
    expect(found('review')).toEqual(['roadmap-review', 'strategy-review', 'pricing-review']);
  });

  test('what is near to nothing offers five, whatever it is', () => {
    expect(found('qqqqqqqqqqqq')).toHaveLength(5);
    expect(found('')).toHaveLength(5);
    expect(found('x'.repeat(3_000))).toHaveLength(5);
  });

  test('anything that is typed finds a page or offers some', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const answer = findNamed(pages, typed);
        return answer.kind === 'found' || (answer.pages.length > 0 && answer.pages.length <= 5);
      }),
    );
  });
});
