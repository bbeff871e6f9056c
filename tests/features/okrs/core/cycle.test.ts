import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  type CycleState,
  currentCycle,
  isOpen,
  nextState,
} from '../../../../src/features/okrs/core/cycle.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const year = { key: '2026', startsOn: day('2026-01-01'), endsOn: day('2026-12-31') };
const q3 = { key: '2026-Q3', startsOn: day('2026-07-01'), endsOn: day('2026-09-30') };
const q4 = { key: '2026-Q4', startsOn: day('2026-10-01'), endsOn: day('2026-12-31') };

describe('a cycle', () => {
  it.each<[CycleState, CycleState | null, boolean]>([
    ['draft', 'active', true],
    ['active', 'grading', true],
    ['grading', 'closed', false],
    ['closed', null, false],
  ])('that is %s becomes %s; may be edited: %s', (state, next, open) => {
    expect(nextState(state)).toBe(next);
    expect(isOpen(state)).toBe(open);
  });
});

describe('the current cycle', () => {
  it.each<[string, string, (typeof year)[], string | null]>([
    ['the quarter and not the year around it', '2026-10-01', [year, q3, q4], '2026-Q4'],
    ['still the quarter on its last day', '2026-09-30', [year, q3, q4], '2026-Q3'],
    ['the year where no quarter is', '2026-03-01', [year, q3, q4], '2026'],
    ['none outside of all', '2027-01-01', [year, q3, q4], null],
    ['none where there is none', '2026-10-01', [], null],
  ])('is %s', (_, on, cycles, key) => {
    expect(currentCycle(cycles, day(on))?.key ?? null).toBe(key);
  });
});
