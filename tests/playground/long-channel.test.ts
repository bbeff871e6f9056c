import { describe, expect, test } from 'vitest';
import { type Message, Messages } from '../../src/playground/fake-slack/state/messages.ts';

const channel = 'C0LONG';
const at = '2026-10-05T07:00:00Z';

/** A channel of this many messages, each with how often it has been looked at since. */
function longChannel(length: number) {
  const messages = new Messages(() => 1_790_000_000_000);
  const say = (text: string, more: Partial<Pick<Message, 'thread_ts' | 'only_for'>> = {}) =>
    messages.post({ channel, user: 'U0BOT', at, text, blocks: [], ...more });
  const all: Message[] = [];
  for (let index = 0; index < length; index += 1) all.push(say(`message ${index}`));
  let looks = 0;
  for (const message of all) {
    // Whoever goes through messages reads their ts or whether they are still there.
    for (const field of ['ts', 'deleted'] as const) {
      let held = message[field];
      Object.defineProperty(message, field, {
        get: () => {
          looks += 1;
          return held;
        },
        set: (value: typeof held) => {
          held = value;
        },
      });
    }
  }
  /** How many looks at messages this takes. */
  const looksOf = (work: () => unknown): number => {
    looks = 0;
    work();
    return looks;
  };
  const tsAt = (index: number) => all[index]?.ts ?? '';
  return { messages, say, looksOf, tsAt };
}

describe.each([10_000, 100_000])('a channel of %i messages', (length) => {
  const { messages, say, looksOf, tsAt } = longChannel(length);
  const old = tsAt(5);
  const middle = tsAt(length / 2);

  test('a message is found, edited and deleted without a search', () => {
    expect(looksOf(() => messages.find(channel, old))).toBeLessThan(10);
    expect(messages.find(channel, old)?.text).toBe('message 5');
    const found = messages.find(channel, tsAt(7));
    if (found === undefined) throw new Error('not found');
    expect(looksOf(() => messages.edit(found, { text: 'edited', blocks: [] }, 'U0BOT'))).toBeLessThan(10);
    expect(looksOf(() => messages.delete(found))).toBeLessThan(10);
    expect(messages.find(channel, tsAt(7))).toBeUndefined();
    expect(messages.findEver(channel, tsAt(7))?.text).toBe('edited');
  });

  test('its newest page and any older one are read alone', () => {
    const latest = messages.latest('U0ANA', channel, 100);
    expect(latest.messages).toHaveLength(100);
    expect(latest).toMatchObject({ has_more: true });
    expect(latest.messages.at(-1)?.text).toBe(`message ${length - 1}`);
    expect(looksOf(() => messages.latest('U0ANA', channel, 100))).toBeLessThan(5_000);
    expect(messages.latest('U0ANA', channel, 100, middle).messages.at(-1)?.text).toBe(
      `message ${length / 2 - 1}`,
    );
    expect(looksOf(() => messages.latest('U0ANA', channel, 100, middle))).toBeLessThan(5_000);
  });

  test('a history is walked from its end, or from a moment, only as far as it is read', () => {
    const firstOf = (span: object) => messages.history(channel, span).next().value;
    expect(firstOf({})).toMatchObject({ text: `message ${length - 1}` });
    expect(firstOf({ latest: middle })).toMatchObject({ text: `message ${length / 2 - 1}` });
    expect(firstOf({ latest: middle, inclusive: true })).toMatchObject({ text: `message ${length / 2}` });
    expect(looksOf(() => firstOf({ latest: middle }))).toBeLessThan(100);
    expect([...messages.history(channel, { oldest: tsAt(length - 3) })]).toHaveLength(2);
    expect(looksOf(() => [...messages.history(channel, { oldest: tsAt(length - 3) })])).toBeLessThan(100);
  });

  test('a thread is found by its parent', () => {
    say('reply', { thread_ts: old });
    expect(messages.replies(channel, old)).toMatchObject([{ text: 'reply' }]);
    expect(looksOf(() => messages.replies(channel, old))).toBeLessThan(10);
  });

  test('the newest that somebody sees is at hand, though it is no root', () => {
    expect(messages.seenBy('U0ANA', channel).next().value).toMatchObject({ text: 'reply' });
    expect(looksOf(() => messages.seenBy('U0ANA', channel).next())).toBeLessThan(10);
  });

  test('what is unread is counted once, and then only what is new', () => {
    expect(messages.unread('U0ANA', channel)).toBe(length - 1);
    expect(looksOf(() => messages.unread('U0ANA', channel))).toBe(0);
    const fresh = say('new');
    say('for Ben', { only_for: 'U0BEN' });
    expect(messages.unread('U0ANA', channel)).toBe(length);
    messages.delete(fresh);
    expect(messages.unread('U0ANA', channel)).toBe(length - 1);
    messages.markRead('U0ANA', channel);
    expect(looksOf(() => expect(messages.unread('U0ANA', channel)).toBe(0))).toBe(0);
    say('newer still');
    expect(messages.unread('U0ANA', channel)).toBe(1);
    expect(messages.unread('U0BOT', channel)).toBe(0);
  });
});
