import { describe, expect, it } from 'vitest';
import { readWish } from '../../../../src/features/ownership/asking/input.ts';
import { readWords } from '../../../../src/platform/slack/command-text.ts';

const wish = (text: string) => readWish(readWords(text));
const name = (text: string, isAsked: boolean) => ({
  kind: 'question',
  question: { kind: 'name', text },
  isAsked,
});

describe('a sentence that asks for an owner', () => {
  it.each([
    ['who owns payments?', 'payments'],
    ['Who owns the refund policy???', 'refund policy'],
    ['who owns payments', 'payments'],
    ["who's the owner of payments", 'payments'],
    ['who’s the owner of our pricing page?', 'pricing page'],
    ['who is responsible for release notes?', 'release notes'],
    ['who carries payments these days? I need a hand.', 'payments these days'],
    ['hey, does anybody know who owns payments?', 'payments'],
    ['owner of payments', 'payments'],
    ['owner payments', 'payments'],
    ['/owner payments', 'payments'],
    ['who owns payments please', 'payments'],
    ['who owns "The Who"?', 'The Who'],
  ])('%s', (text, asked) => {
    expect(wish(text)).toEqual(name(asked, true));
  });

  it.each([
    ['who owns <https://bi.example/x?a=1>?', { kind: 'url', url: 'https://bi.example/x?a=1' }],
    ['what does <@U1> own?', { kind: 'person', slackId: 'U1', name: null }],
    ['who owns <#C1|checkout>?', { kind: 'channel', slackId: 'C1', name: 'checkout' }],
    ['what does <!subteam^S1> carry?', { kind: 'group', slackId: 'S1', name: null }],
  ])('%s', (text, question) => {
    expect(wish(text)).toEqual({ kind: 'question', question, isAsked: true });
  });
});

describe('a name alone', () => {
  it('may be one, and is no question unless it ends like one', () => {
    expect(wish('payments')).toEqual(name('payments', false));
    expect(wish('refund policy!')).toEqual(name('refund policy', false));
    expect(wish('teleporter?')).toEqual(name('teleporter', true));
  });
});

describe('anything else', () => {
  it.each(['', '?', 'help', 'who owns?', 'hello', 'thanks!', 'that was the best answer of the whole week'])(
    '“%s” gets help',
    (text) => {
      expect(wish(text)).toEqual({ kind: 'help' });
    },
  );
});
