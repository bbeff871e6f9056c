import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  channelMention,
  escaped,
  inline,
  link,
  personMention,
  quoted,
  shortened,
  shortenedMrkdwn,
} from '../../../src/platform/slack/mrkdwn.ts';

const pieces = [
  '<!channel>',
  '<@U1>',
  '<',
  '>',
  '&',
  '&lt;',
  '|',
  '*',
  '_',
  '~',
  '`',
  '```',
  '＊',
  '＿',
  '｀',
  '＞',
  '\u0000',
  '\n',
  '\r',
  '\u2028',
  '\u202e',
];
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...pieces, 'word ', '🚀'), { maxLength: 30 }).map((parts) => parts.join('')),
);
const bareAmpersand = /&(?!amp;|lt;|gt;)/;

describe('what somebody wrote', () => {
  it('can never open or close a mention, a link or an entity', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const shown of [escaped(text), inline(text)]) {
          expect(shown).not.toMatch(/[<>]/);
          expect(shown).not.toMatch(bareAmpersand);
        }
        expect(quoted(text).replace(/^> /gm, '')).not.toMatch(/[<>]/);
      }),
    );
  });

  it('stays what it was when it is read back', () => {
    const back = (text: string) =>
      text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    fc.assert(fc.property(anything, (text) => back(escaped(text)) === text));
  });

  it('stays on one line and formats nothing inside a line, not by the wide forms either', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(inline(text)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(inline(text)).not.toMatch(/[*~`＊＿｀]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/);
      }),
    );
    expect(inline('  *bold* \n name ')).toBe('∗bold∗ name');
    expect(inline('_so_ ~it~ `goes` ＊on＊')).toBe('ˍsoˍ ∼it∼ ˋgoesˋ ﹡on﹡');
  });

  it('keeps an underscore inside a word, where it formats nothing', () => {
    expect(inline('failed_rate')).toBe('failed_rate');
  });

  it('makes no quote of the line that it begins', () => {
    fc.assert(fc.property(anything, (text) => void expect(inline(text)).not.toMatch(/^(?:&gt;|>|＞)/)));
    expect(inline('>>> mine')).toBe('\u00ad&gt;&gt;&gt; mine');
    expect(inline('a > b')).toBe('a &gt; b');
  });

  it('cannot turn the direction of the words after it, and may be written in any direction itself', () => {
    expect(inline('pay\u202ements\u2067')).toBe('payments');
    expect(inline('مدفوعات')).toBe('مدفوعات');
    expect(inline('支払い')).toBe('支払い');
  });

  it('is marked in every line of a quote, whatever ends a line', () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const line of quoted(text).split(/\r\n|[\n\r\u2028\u2029]/)) expect(line).toMatch(/^> /);
      }),
    );
    expect(quoted('one\r\n\n<!here>')).toBe('> one\n> \n> &lt;!here&gt;');
  });

  it('begins no block of code in a quote, which the next quote would end', () => {
    fc.assert(fc.property(anything, (text) => void expect(quoted(text)).not.toMatch(/[`｀]{3}/)));
    expect(quoted('*so* ```then')).toBe('> *so* ˋˋˋthen');
  });
});

describe('a link', () => {
  it('cannot be ended early by its address or its label', () => {
    fc.assert(
      fc.property(anything, anything, (address, label) => {
        expect(link(`https://x.example/${address}`, label)).toMatch(/^<[^<>|\s]+\|[^<>|\n]+>$/);
      }),
      { examples: [['a b\n|c>', '']] },
    );
  });

  it('keeps its address and its label', () => {
    expect(link('https://x.example/a?b=1&c=2', 'Board | all')).toBe(
      '<https://x.example/a?b=1&amp;c=2|Board ¦ all>',
    );
  });
});

describe('a mention', () => {
  it('is of the id where Slack knows one, else the name as plain words', () => {
    expect(personMention({ slackId: 'U1', name: '<!channel>' })).toBe('<@U1>');
    expect(personMention({ slackId: null, name: '<!channel>' })).toBe('&lt;!channel&gt;');
    expect(channelMention({ slackId: 'C1', name: 'payments' })).toBe('<#C1>');
    expect(channelMention({ slackId: null, name: 'pay<ments' })).toBe('#pay&lt;ments');
  });
});

describe('a text that is too long', () => {
  it('is cut to the limit, says so, and never cuts a character in half', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '🚀', 'é', '&'), maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 45 }), (text, limit) => {
        const short = shortened(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short.isWellFormed()).toBe(true);
        if (text.length <= limit) expect(short).toBe(text);
        else expect(short.endsWith('…') && text.startsWith(short.slice(0, -1))).toBe(true);
      }),
      {
        examples: [
          ['🚀🚀', 3],
          ['a🚀🚀', 3],
        ],
      },
    );
  });

  it('is cut by no more than it must, save for a half character', () => {
    expect(shortened('abcdef', 4)).toBe('abc…');
    expect(shortened('🚀🚀🚀', 4)).toBe('🚀…');
  });

  it('is never cut inside a mention, a link or an escaped character', () => {
    const part = fc.constantFrom('<@U012ABC>', '<https://x.example|a label>', '&lt;', '&amp;', 'word ', '🚀');
    const whole = /^(?:<[^<>]*>|&(?:amp|lt|gt);|[^<>&])*…?$/su;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 1, max: 80 }), (parts, limit) => {
        const short = shortenedMrkdwn(parts.join(''), limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short).toMatch(whole);
      }),
    );
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        const own = `*${inline(text)}* of <@U012ABC>\n${quoted(text)}\n${link('https://x.example/?a&b', text)}`;
        const short = shortenedMrkdwn(own, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short.replace(/^>(?: |…$)/gm, '')).toMatch(whole);
      }),
    );
    expect(shortenedMrkdwn('to <@U012ABC>', 8)).toBe('to …');
    expect(shortenedMrkdwn('a &lt; b', 5)).toBe('a …');
  });
});
