import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merged } from '../../../src/features/daily/blocks.ts';
import { actions, button, section } from '../../../src/platform/slack/elements.ts';
import { inline, shortenedMrkdwn } from '../../../src/platform/slack/mrkdwn.ts';
import { messageProblems } from '../../support/block-limits.ts';
import { worstTexts } from '../../support/worst-case.ts';

const part = (text: string, blocks = 1) => ({
  text: shortenedMrkdwn(text, 3_500),
  blocks: [
    ...Array.from({ length: blocks }, () => section(text)),
    actions(button('Do it', `act:${text.slice(0, 9)}`, '1')),
  ],
});

describe('the message of a day', () => {
  test('of one thing is that thing', () => {
    expect(merged([part('Check in')])).toEqual(part('Check in'));
  });

  test('of several things has a heading, and each with its own buttons', () => {
    const content = merged([part('Check in'), part('Confirm'), part('Launch deck')]);
    expect(content.text).toBe('Three things for today: Check in · Confirm · Launch deck');
    expect(content.blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'actions',
      'divider',
      'section',
      'actions',
      'divider',
      'section',
      'actions',
    ]);
    expect(messageProblems(content)).toEqual([]);
  });

  test('names a thing that goes on in lines of its own without the colon before them', () => {
    const bring = { text: 'The review is on Thu. Please bring:\n• Retries', blocks: [section('x')] };
    expect(merged([bring, part('Check in')]).text).toBe(
      'Two things for today: The review is on Thu. Please bring · Check in',
    );
  });

  test('counts what it cannot hold, and leads to Home', () => {
    const many = Array.from({ length: 20 }, (_, index) => part(`Thing ${index}`, 3));
    const content = merged(many);
    expect(JSON.stringify(content.blocks)).toContain('… and 11 more. My Home shows all that waits for you.');
    expect(messageProblems(content)).toEqual([]);
  });

  test.each(worstTexts)('stays within the limits of Slack with parts full of %s', (_, text) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2_900), fc.integer({ min: 1, max: 3 })), { minLength: 1 }),
        (sizes) => {
          expect(
            messageProblems(merged(sizes.map(([size, blocks]) => part(inline(text(size + 1)), blocks)))),
          ).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});
