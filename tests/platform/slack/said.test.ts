import type { SlackEvent } from '@slack/types';
import { expect, test } from 'vitest';
import { readSaid } from '../../../src/platform/slack/said.ts';

const mention = {
  type: 'app_mention',
  user: 'U1',
  text: '<@U0CAIRN> who owns <@U2>?',
  ts: '1.000000',
  channel: 'C1',
  event_ts: '1.000000',
} as const;
const direct = {
  ...mention,
  type: 'message',
  channel_type: 'im',
  channel: 'D1',
  subtype: undefined,
} as const;

test('a mention is read without Cairn’s own name', () => {
  expect(readSaid(mention, 'U0CAIRN')).toMatchObject({
    kind: 'mention',
    slackUserId: 'U1',
    channelId: 'C1',
    ts: '1.000000',
    threadTs: null,
    words: [
      { kind: 'word', text: 'who' },
      { kind: 'word', text: 'owns' },
      { kind: 'person', slackId: 'U2' },
      { kind: 'word', text: '?' },
    ],
  });
  expect(readSaid({ ...mention, thread_ts: '0.500000' }, 'U0CAIRN')?.threadTs).toBe('0.500000');
  expect(readSaid(direct, 'U0CAIRN')?.kind).toBe('direct');
});

test.each<[string, SlackEvent]>([
  ['of a bot', { ...mention, bot_id: 'B1' }],
  ['of Cairn itself', { ...mention, user: 'U0CAIRN' }],
  ['that was edited', { ...mention, edited: { user: 'U1', ts: '2.000000' } }],
  ['in a channel without a mention', { ...direct, channel_type: 'channel' }],
  ['of another kind', { ...mention, type: 'app_home_opened', user: 'U1', tab: 'home' } as SlackEvent],
])('a message %s is left alone', (_name, event) => {
  expect(readSaid(event, 'U0CAIRN')).toBe(null);
});
