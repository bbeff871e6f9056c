import { expect, it } from 'vitest';
import { isFromTheFuture } from '../../../src/platform/slack/request-time.ts';

const nowMs = Date.UTC(2026, 9, 5, 9);
const now = nowMs / 1000;

it.each([
  ['now', String(now), false],
  ['an hour old (Bolt’s to refuse)', String(now - 3600), false],
  ['five minutes ahead', String(now + 300), false],
  ['a second more than five minutes ahead', String(now + 301), true],
  ['in milliseconds', String(nowMs), true],
  ['missing', undefined, false],
  ['no number', 'soon', false],
  ['a list of one', [String(now + 301)], true],
])('a timestamp that is %s', (_, timestamp, isAhead) => {
  expect(isFromTheFuture(timestamp, nowMs)).toBe(isAhead);
});
