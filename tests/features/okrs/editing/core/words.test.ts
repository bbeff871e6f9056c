import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Cycle } from '../../../../../src/features/okrs/core/cycle.ts';
import { cycleProblem, readCycleKey } from '../../../../../src/features/okrs/editing/core/cycle-entry.ts';
import { freeKey } from '../../../../../src/features/okrs/editing/core/key.ts';
import { loopWords } from '../../../../../src/features/okrs/editing/core/loop.ts';
import { readTitle, readWhy } from '../../../../../src/features/okrs/editing/core/typed.ts';

describe('a loop', () => {
  it.each([
    [[], 'This would make T support itself.'],
    [['A'], 'This would make T support itself, through A.'],
    [['A', 'B'], 'This would make T support itself, through A and B.'],
    [['A', 'B', 'C'], 'This would make T support itself, through A, B and C.'],
    [['A', null, 'C'], 'This would make T support itself, through A, one that you do not see and C.'],
    [
      ['A', 'B', 'C', 'D', 'E', 'F', 'G'],
      'This would make T support itself, through A, B, C, D, E and 2 more.',
    ],
  ])('through %j', (through, words) => {
    expect(loopWords('T', through)).toBe(words);
  });
});

describe('a key', () => {
  it('is the first that nothing has', () => {
    expect(freeKey('a', new Set())).toBe('a');
    expect(freeKey('a', new Set(['a', 'a-2', 'a-4']))).toBe('a-3');
  });

  it.each([
    ['', 'Give it a key, such as 2027-Q1.'],
    ['2027 Q1', 'A key has letters a to z, digits and hyphens, such as 2027-Q1.'],
    ['Current', '“current” means the cycle of the day. Choose another key.'],
    ['x'.repeat(81), '80 characters are the most; these are 81.'],
  ])('of a cycle is refused: %j', (key, words) => {
    expect(readCycleKey(key)).toEqual({ ok: false, words });
  });
});

describe('words', () => {
  it('fold their spaces, and are refused where they are too long', () => {
    expect(readTitle('  Refunds \n in a day ', 'X')).toEqual({ ok: true, value: 'Refunds in a day' });
    expect(readTitle('x'.repeat(201), 'X')).toEqual({
      ...{ ok: false, words: 'A title has 200 characters at most; this one has 201.' },
    });
    expect(readWhy(' ')).toEqual({ ok: true, value: null });
    expect(readWhy('x'.repeat(501))).toEqual({
      ok: false,
      words: '500 characters are the most; these are 501.',
    });
  });
});

describe('the days of a cycle', () => {
  const cycle = (key: string, starts: string, ends: string): Cycle => ({
    ...{ id: 1, key, state: 'active', parentId: null },
    startsOn: Temporal.PlainDate.from(starts),
    endsOn: Temporal.PlainDate.from(ends),
  });
  const year = cycle('2026', '2026-01-01', '2026-12-31');
  const quarter = cycle('2026-Q4', '2026-10-01', '2026-12-31');

  it('may be any, and may be all of its year', () => {
    expect(cycleProblem({ starts: '2026-01-01', ends: '2026-01-01' }, null, [])).toBeNull();
    expect(cycleProblem({ starts: '2026-01-01', ends: '2026-12-31' }, year, [quarter])).toBeNull();
  });

  it('end after they begin, lie in their year, and hold what lies in them', () => {
    expect(cycleProblem({ starts: '2026-02-01', ends: '2026-01-31' }, null, [])).toEqual({
      ...{ field: 'ends', words: 'It would end before it starts.' },
    });
    expect(cycleProblem({ starts: '2025-12-31', ends: '2026-03-31' }, year, [])).toEqual({
      field: 'parent',
      words: '2026 is 1 January 2026 to 31 December 2026, so this does not lie in it.',
    });
    expect(cycleProblem({ starts: '2026-01-01', ends: '2026-11-30' }, null, [quarter])).toEqual({
      field: 'starts',
      words: '2026-Q4 lies in it and would not any more (1 October 2026 to 31 December 2026).',
    });
  });
});
