import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { type HealthShown, healthBlocks } from '../../../src/features/health/blocks.ts';
import { messageProblems } from '../../support/block-limits.ts';

const well: HealthShown = {
  now: Temporal.Instant.from('2026-11-20T12:00:00Z'),
  due: 0,
  oldestSeconds: 0,
  oldestReason: null,
  unknown: 0,
  dead: 0,
  deadLetters: [],
  paused: [],
  off: [],
  tickAge: 2,
  zone: 'UTC',
};
const channel = { slackId: 'C1', name: 'checkout', isPrivate: false };

it.each<[Partial<HealthShown>, string]>([
  [{}, 'Cairn is well.'],
  [{ tickAge: 61 }, 'Cairn is stuck: its heart does not beat.'],
  [{ dead: 1 }, 'One message needs you.'],
  [{ due: 3, oldestSeconds: 301 }, 'Cairn is behind.'],
  [{ paused: [{ key: 'a', channel, reason: null }] }, 'Cairn is well, and something is paused.'],
])('with %o it begins: %s', (given, words) => {
  expect(healthBlocks({ ...well, ...given }).text.split('\n')[0]).toBe(words);
});

it('says how many wait, for how long and why, and what is in doubt', () => {
  const { text } = healthBlocks({
    ...well,
    ...{ due: 2, oldestSeconds: 180, oldestReason: 'Slack asked to wait', unknown: 1 },
  });
  expect(text).toContain('• 2 messages wait to be sent, the oldest for 3 minutes (Slack asked to wait)');
  expect(text).toContain('• 1 message is in doubt: I am finding out whether Slack took them');
});

it('stays within one message, and counts what it leaves out', () => {
  const long = '&<>*_~'.repeat(200);
  const shown = healthBlocks({
    ...well,
    dead: 500,
    deadLetters: Array.from({ length: 10 }, (_, index) => ({
      deliveryId: `${index}`,
      messageId: index,
      dedupeKey: 'check-in-run:1',
      person: null,
      channel: { slackId: null, name: long, isPrivate: false },
      dueAt: well.now,
      reason: long,
    })),
    paused: Array.from({ length: 20 }, (_, index) => ({ key: `k-${index}`, channel, reason: long })),
  });
  expect(messageProblems(shown, 'answer')).toEqual([]);
  expect(shown.text).toContain('… and 490 more that could not be delivered.');
  expect(shown.text).toContain('More are paused: `/cadence list` shows them');
});

it('tells no name of a private channel that Slack does not know', () => {
  const hidden = { slackId: null, name: 'layoffs', isPrivate: true };
  const { text } = healthBlocks({ ...well, paused: [{ key: 'a', channel: hidden, reason: null }] });
  expect(text).toContain('Paused: a in a private channel: without a reason');
  expect(text).not.toContain('layoffs');
});
