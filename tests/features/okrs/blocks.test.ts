import { describe, expect, it } from 'vitest';
import { keyResultsBlocks } from '../../../src/features/okrs/blocks.ts';
import type { KeyResult } from '../../../src/features/okrs/core/key-result.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const ana = { slackId: 'U1', name: 'Ana' };
const failedRate: KeyResult = {
  id: 7,
  key: 'failed-rate',
  title: 'Failed payment rate',
  objective: 'Checkout that just works',
  unit: '%',
  type: 'number',
  start: 4.2,
  direction: 'down',
  target: 2,
  current: 3.1,
};

describe('a list of key results', () => {
  it('says where each stands, as text and as blocks', () => {
    const { text, blocks } = keyResultsBlocks(ana, true, [failedRate]);
    expect(text).toBe(
      'You own one key result in the current cycle:\nFailed payment rate  3.1 %, target 2 % (50 % of the way)\nCheckout that just works',
    );
    expect(JSON.stringify(blocks)).toContain('*Failed payment rate*  3.1 %, target 2 % (50 % of the way)');
  });

  it('says where there is no value and no way to count progress', () => {
    expect(keyResultsBlocks(ana, false, [{ ...failedRate, current: null }, failedRate]).text).toMatch(
      /^<@U1> owns 2 key results .*:\nFailed payment rate {2}no value yet, target 2 %\n/,
    );
  });

  it('says so when there is none', () => {
    expect(keyResultsBlocks(ana, true, []).text).toBe('You own no key result in the current cycle.');
    expect(keyResultsBlocks(ana, false, []).text).toBe('<@U1> owns no key result in the current cycle.');
  });
});

describe.each(worstTexts)('with titles full of %s', (_, text) => {
  const worst = (id: number): KeyResult => ({
    ...failedRate,
    id,
    title: text(200),
    objective: text(200),
    unit: text(20),
    target: 1e15,
  });
  it('sixty stay within the limits of Slack, ping nobody, and say how many are left out', () => {
    const content = keyResultsBlocks(
      { slackId: null, name: text(100) },
      false,
      Array.from({ length: 60 }, (_, id) => worst(id)),
    );
    expect(messageProblems(content, 'answer')).toEqual([]);
    for (const said of [content.text, JSON.stringify(content.blocks)])
      expect(said).toContain('… and 45 more.');
  });
});
