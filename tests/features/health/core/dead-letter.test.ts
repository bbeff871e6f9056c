import { expect, it } from 'vitest';
import { kindWords, reasonWords } from '../../../../src/features/health/core/dead-letter.ts';

it.each([
  ['check-in-prompt:3:7', 'A check-in question'],
  ['handoff-thanks:3', 'Thanks for a handoff'],
  ['something-new:3', 'A message (something new)'],
])('%s is %s', (key, words) => {
  expect(kindWords(key)).toBe(words);
});

it.each([
  ['is_archived', 'its channel is archived'],
  ['not_in_channel', 'I am not in that channel: type `/invite @Cairn` there'],
  ['some_new_error', 'Slack answered `some_new_error`'],
  ['the message that it answers was not sent', 'the message that it answers was not sent'],
  [null, 'the reason is not known'],
])('the reason %s reads: %s', (reason, words) => {
  expect(reasonWords(reason)).toBe(words);
});
