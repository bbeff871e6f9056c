import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../../src/cadence/core/figures.ts';
import { leftWords, snoozedWords } from '../../../src/features/check-ins/core/leaving.ts';
import { resultBlocks } from '../../../src/features/feedback/blocks.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const result: Parameters<typeof resultBlocks>[0] = {
  ...{ cadenceId: 1, key: 'weekly', name: 'OKR check-in', quarter: '2026-Q4' },
  channel: { slackId: 'C1', name: 'general', isPrivate: false },
  figures: figuresOf([
    { occurrenceId: 1, personId: 1, isAnswered: true, nudges: 1, seconds: 60, waited: 60 },
  ]),
  left: ['often', 'area'],
  snoozes: [
    { reason: null, count: 1 },
    { reason: 'numbers', count: 2 },
    { reason: 'busy', count: 1 },
  ],
  tally: { keep: 1, change: 0, stop: 0, silent: 2 },
  said: [],
};

describe('the result of a round', () => {
  it('tells how many left and put it off, and why, and nobody’s name', () => {
    expect(resultBlocks(result).text).toBe(
      [
        'OKR check-in in <#C1>: what people think of it (2026-Q4)',
        '1 keep it · 0 change it · 0 stop it · 2 said nothing',
        'This quarter: held once, 100 % answered, about one minute in all, one nudge.',
        '2 left: asked too often, not my area any more.',
        'Snoozed 4 times: waiting for numbers (2 times), busy today.',
      ].join('\n'),
    );
  });

  it('says nothing of it where nobody did', () => {
    expect(resultBlocks({ ...result, left: [], snoozes: [] }).text.split('\n')).toHaveLength(3);
  });

  it.each(worstTexts)('stays within the limits of a message with words full of %s', (_, text) => {
    const said = Array.from({ length: 400 }, () => ({ verdict: 'change' as const, words: text(500) }));
    const content = resultBlocks({ ...result, name: text(60), said });
    expect(messageProblems(content)).toEqual([]);
  });
});

it.each([
  [[], null],
  [['area'], '1 left: not my area any more'],
  [['area', 'elsewhere', 'elsewhere'], '3 left: my team does it elsewhere (2 times), not my area any more'],
] as const)('%j have left: %s', (reasons, words) => {
  expect(leftWords(reasons)).toBe(words);
});

it('counts who puts it off without a word why alone', () => {
  expect(snoozedWords([{ reason: null, count: 1 }])).toBe('snoozed once');
  expect(snoozedWords([])).toBeNull();
});
