import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Minutes } from '../../../src/features/reviews/core/minutes.ts';
import type { Review } from '../../../src/features/reviews/core/review.ts';
import { minutesForChannel, minutesMessages } from '../../../src/features/reviews/minutes-blocks.ts';
import { messageProblems } from '../../support/block-limits.ts';

const ana = { slackId: 'U0ANA', name: 'Ana' };
const review: Review = {
  ...{ occurrenceId: 1, cadenceId: 1, ritual: 'roadmap-review', name: 'Roadmap review' },
  ...{ occurrenceName: '2026-11-26', leftOut: 0, endedAt: null, endedBy: ana, minutes: null },
  channel: { id: 1, slackId: 'C1', name: 'leads' },
};
const minutes = (given: Partial<Minutes> = {}): Minutes => ({
  ...{ closedFor: null, decided: [], actions: [], deferred: [], untouched: [] },
  ...given,
});
const lines = (count: number) => Array.from({ length: count }, (_, index) => `Line ${index + 1}`);

describe('the minutes', () => {
  test('stand in the channel as in the thread where they are short', () => {
    const short = minutes({ deferred: [{ line: 'Pricing' }], untouched: lines(5) });
    expect([minutesForChannel(review, short)]).toEqual(minutesMessages(review, short));
  });

  test('name in the channel what came of it, and only count the many lines of which nothing came', () => {
    const long = minutes({ deferred: [{ line: 'Pricing' }], untouched: lines(28) });
    expect(minutesForChannel(review, long).text).toBe(
      [
        'Minutes: Roadmap review, 26 November 2026',
        '<@U0ANA> closed it: one line put off.',
        'Put off to the next one',
        '• Pricing',
        'Nothing was written down about 28 lines.',
        'All of them are in the thread of the agenda.',
      ].join('\n'),
    );
    expect(minutesMessages(review, long)[0]?.text).toContain('• Line 28');
  });

  test('say a question and what was decided in one line', () => {
    const decided = [
      { line: 'Do we keep it?', number: 1, outcome: 'Until March.', approver: ana },
      { line: 'Pricing', number: 2, outcome: 'It stays.', approver: ana },
    ];
    expect(minutesForChannel(review, minutes({ decided })).text).toContain(
      '• 1. Do we keep it? Until March. (approved by <@U0ANA>)\n• 2. Pricing: It stays. (approved by <@U0ANA>)',
    );
  });

  test('fit what Slack takes, whatever people wrote', () => {
    const words = fc.string({ minLength: 1, maxLength: 3_000, unit: 'grapheme' });
    const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 30 });
    const any = fc.record<Minutes>({
      closedFor: fc.constantFrom('two-days', 'over', 'newer', null),
      decided: few(fc.record({ line: words, number: fc.nat(), outcome: words, approver: fc.constant(ana) })),
      actions: few(
        fc.record({
          line: words,
          title: words,
          owner: fc.constant(ana),
          dueOn: fc.constantFrom('2026-12-01', null),
        }),
      ),
      deferred: few(fc.record({ line: words })),
      untouched: few(words),
    });
    fc.assert(
      fc.property(any, (all) => {
        for (const content of [minutesForChannel(review, all), ...minutesMessages(review, all)])
          expect(messageProblems(content)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
