import { expect, test } from 'vitest';
import { longestOf, runsIn } from '../../../../../src/features/ownership/asking/core/named.ts';

test('every run of up to five words may be a name, as names are compared', () => {
  expect(runsIn('The Refund Policies')).toEqual([
    'the',
    'the refund',
    'the refund policy',
    'refund',
    'refund policy',
    'policy',
  ]);
  expect(runsIn('a b c d e f')).toContain('a b c d e');
  expect(runsIn('a b c d e f')).not.toContain('a b c d e f');
  expect(runsIn('')).toEqual([]);
});

test('a long message is read up to its 150th word', () => {
  const runs = runsIn(Array.from({ length: 400 }, (_, n) => `word${n}x`).join(' '));
  expect(runs).toContain('word149x');
  expect(runs).not.toContain('word150x');
});

test('a name within a longer one is left out, and a part of a word is none', () => {
  const found = ['refund', 'refund policy', 'fund'].map((normal) => ({ normal }));
  expect(longestOf(found)).toEqual([{ normal: 'refund policy' }, { normal: 'fund' }]);
});
