import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWords, spoken, type Word } from '../../../src/platform/slack/command-text.ts';

const word = (text: string, isQuoted = false): Word => ({ kind: 'word', text, isQuoted });

describe('one word', () => {
  it.each<[string, Word]>([
    ['payments', word('payments')],
    ['<@U01ANA|ana>', { kind: 'person', slackId: 'U01ANA', name: 'ana' }],
    ['<@W01ANA>', { kind: 'person', slackId: 'W01ANA', name: null }],
    ['<@U01ANA|>', { kind: 'person', slackId: 'U01ANA', name: null }],
    ['@ana', { kind: 'person', slackId: null, name: 'ana' }],
    ['@zoë.müller-ng', { kind: 'person', slackId: null, name: 'zoë.müller-ng' }],
    ['<#C01PAY|payments>', { kind: 'channel', slackId: 'C01PAY', name: 'payments' }],
    ['<#G01SECRET|>', { kind: 'channel', slackId: 'G01SECRET', name: null }],
    ['#zahlungen-übersicht', { kind: 'channel', slackId: null, name: 'zahlungen-übersicht' }],
    ['<!subteam^S01PM|@pms>', { kind: 'group', slackId: 'S01PM', name: 'pms' }],
    ['<!subteam^S01PM>', { kind: 'group', slackId: 'S01PM', name: null }],
    ['<https://bi.example/x?a=1&amp;b=2>', { kind: 'url', url: 'https://bi.example/x?a=1&b=2' }],
    ['<https://bi.example|bi.example>', { kind: 'url', url: 'https://bi.example' }],
    ['https://bi.example/x', { kind: 'url', url: 'https://bi.example/x' }],
    ['"unowned"', word('unowned', true)],
    ['"launch deck"', word('launch deck', true)],
    ['“launch deck”', word('launch deck', true)],
    ['„Zahlungen (neu)“', word('Zahlungen (neu)', true)],
    ['" padded "', word('padded', true)],
    ['""', word('', true)],
    ['5"', word('5"')],
    ['"never', word('"never')],
    ['R&amp;D', word('R&D')],
    ['&amp;lt;', word('&lt;')],
    ['@', word('@')],
    ['#', word('#')],
    ['<!channel>', word('<!channel>')],
    ['<@nobody>', word('<@nobody>')],
  ])('%s', (typed, read) => {
    expect(readWords(typed)).toEqual([read]);
  });
});

describe('several words', () => {
  it('are split at any space, quotes kept together', () => {
    expect(readWords('  payments\t<@U1|ben>  "launch deck"\u00a0by\nFri ')).toEqual([
      word('payments'),
      { kind: 'person', slackId: 'U1', name: 'ben' },
      word('launch deck', true),
      word('by'),
      word('Fri'),
    ]);
  });

  it('may stand right behind a mention', () => {
    expect(readWords('<@U1|ben>,please')).toEqual([
      { kind: 'person', slackId: 'U1', name: 'ben' },
      word(',please'),
    ]);
  });

  it('have no control, zero-width or direction characters in them', () => {
    expect(readWords('pay\u0000ments\u200b \u202eowner\u2028x')).toEqual(
      ['pay', 'ments', 'owner', 'x'].map((text) => word(text)),
    );
  });

  it('are none in an empty text', () => {
    expect(readWords('')).toEqual([]);
    expect(readWords(' \u0000\t\n')).toEqual([]);
  });

  it('are cut after 3,000 characters', () => {
    expect(readWords('a'.repeat(10_000))).toEqual([word('a'.repeat(3_000))]);
    expect(readWords('a '.repeat(10_000))).toHaveLength(1_500);
  });
});

describe('whatever is typed', () => {
  const pieces = [
    '<@U1|',
    '<#C1',
    '<!subteam^S1',
    '<https://x',
    '>',
    '|',
    '"',
    '“',
    ' ',
    '@',
    '#',
    '&lt;',
    'a',
  ];
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
  );

  it('is read, word for word, with nothing left that is only space', () => {
    fc.assert(
      fc.property(text, (typed) => {
        for (const read of readWords(typed)) {
          if (read.kind === 'word' && !read.isQuoted) expect(read.text).toMatch(/^\S+$/u);
        }
      }),
    );
  });

  it('reads the same again from the words of one space between them', () => {
    const plain = fc.array(fc.stringMatching(/^[\p{L}\p{N}_-]{1,12}$/u), { maxLength: 8 });
    fc.assert(
      fc.property(plain, (words) => {
        expect(spoken(readWords(words.join('  ')))).toBe(words.join(' '));
      }),
    );
  });

  it('is read in time that does not explode', () => {
    for (const typed of ['"'.repeat(3_000), '"a '.repeat(1_000), '<@U1|'.repeat(600), '@a'.repeat(1_500)]) {
      expect(readWords(typed).length).toBeGreaterThan(0);
    }
  });
});

it('says words as people would type them', () => {
  const typed = 'the "launch deck" <@U1|ben> <@U2> <#C1|checkout> <!subteam^S1> <https://x.example>';
  expect(spoken(readWords(typed))).toBe('the launch deck @ben @U2 #checkout @S1 https://x.example');
  expect(spoken([])).toBe('');
});
