import { describe, expect, it } from 'vitest';
import { pageLength, pageOf } from '../../../../src/features/home/core/home.ts';

describe('the page of a backpack', () => {
  it.each([
    ['an empty one has one page', 0, 1, { number: 1, count: 1, offset: 0 }],
    ['a full page needs no second', pageLength, 1, { number: 1, count: 1, offset: 0 }],
    ['one more begins another', pageLength + 1, 2, { number: 2, count: 2, offset: pageLength }],
    ['the last page, where there are fewer by now', 30, 9, { number: 2, count: 2, offset: pageLength }],
    ['the first, whatever is asked below it', 30, 0, { number: 1, count: 2, offset: 0 }],
  ])('%s', (_, total, wanted, page) => {
    expect(pageOf(total, wanted)).toEqual(page);
  });
});
