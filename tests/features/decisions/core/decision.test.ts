import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { pastRefusal, urgencyOf } from '../../../../src/features/decisions/core/decision.ts';

const today = Temporal.PlainDate.from('2026-11-26');
const on = (days: number) => ({ dueOn: today.add({ days }) });

describe('how pressing an open decision is', () => {
  test('goes by its day', () => {
    expect(urgencyOf({ dueOn: null }, today)).toBe('undated');
    expect(urgencyOf(on(-1), today)).toBe('overdue');
    expect(urgencyOf(on(0), today)).toBe('today');
    expect(urgencyOf(on(7), today)).toBe('soon');
    expect(urgencyOf(on(8), today)).toBe('later');
  });
  test('never becomes less pressing by waiting', () => {
    const order = ['later', 'soon', 'today', 'overdue'];
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.nat(400), (days, more) => {
        const [now, then] = [urgencyOf(on(days), today), urgencyOf(on(days), today.add({ days: more }))];
        expect(order.indexOf(then)).toBeGreaterThanOrEqual(order.indexOf(now));
      }),
    );
  });
});

test('a day that is over is refused beside its field, today is not', () => {
  expect(pastRefusal(today, today, 'due')).toBeNull();
  expect(pastRefusal(null, today, 'due')).toBeNull();
  expect(pastRefusal(today.subtract({ days: 1 }), today, 'due')).toEqual({
    ok: false,
    code: 'past',
    words: 'That day is over. Pick today or a later one.',
    field: 'due',
  });
});
