import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTouched } from '../../../../src/features/reviews/core/line.ts';
import { minutesOf, sumWords } from '../../../../src/features/reviews/core/minutes.ts';
import { aDecision, aLine, anAction, ben } from '../samples.ts';

const someLines = fc
  .array(fc.record({ decisions: fc.nat(3), actions: fc.nat(3), isDeferred: fc.boolean() }), { maxLength: 30 })
  .map((all) =>
    all.map(({ decisions, actions, isDeferred }, index) =>
      aLine(index + 1, {
        decisions: Array.from({ length: decisions }, (_, at) => aDecision(at)),
        actions: Array.from({ length: actions }, (_, at) => anAction(at)),
        deferredBy: isDeferred ? ben : null,
      }),
    ),
  );

describe('minutes', () => {
  test('have all that came of each line, and each line of which nothing came', () => {
    fc.assert(
      fc.property(someLines, (lines) => {
        const { decided, actions, deferred, untouched } = minutesOf(lines);
        expect(decided).toHaveLength(lines.flatMap((line) => line.decisions).length);
        expect(actions).toHaveLength(lines.flatMap((line) => line.actions).length);
        expect(deferred).toHaveLength(lines.filter((line) => line.deferredBy !== null).length);
        expect(untouched).toEqual(lines.filter((line) => !isTouched(line)).map(({ title }) => title));
      }),
    );
  });

  test('name the line that each decision and action came of', () => {
    const minutes = minutesOf([aLine(1, { decisions: [aDecision(4)], actions: [anAction(5)] })]);
    expect(minutes.decided).toMatchObject([{ line: 'Item 1', number: 4, outcome: 'Outcome 4' }]);
    expect(minutes.actions).toMatchObject([{ line: 'Item 1', title: 'Action 5', dueOn: '2026-12-01' }]);
  });
});

describe('their sum', () => {
  test('counts in words, and is nothing where nothing came of it', () => {
    const one = aLine(1, { decisions: [aDecision(1)], actions: [anAction(1)], deferredBy: ben });
    expect(sumWords(minutesOf([]))).toBeNull();
    expect(sumWords(minutesOf([aLine(1)]))).toBeNull();
    expect(sumWords(minutesOf([one]))).toBe('one decision, one action, one line put off');
    expect(sumWords(minutesOf([one, one]))).toBe('2 decisions, 2 actions, 2 lines put off');
    expect(sumWords(minutesOf([aLine(1, { deferredBy: ben })]))).toBe('one line put off');
  });
});
