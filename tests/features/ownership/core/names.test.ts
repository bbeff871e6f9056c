import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalName } from '../../../../src/features/ownership/core/names.ts';

describe('two names are the same', () => {
  it.each([
    ['case', 'Payments', 'PAYMENTS'],
    ['accents', 'Résumé café', 'resume cafe'],
    ['accents typed as signs of their own', 'Cafe\u0301', 'Café'],
    ['Nordic and Polish letters', 'Øre på Łódź', 'ore pa lodz'],
    ['a sharp s', 'Straße', 'strasse'],
    ['a sharp s in capitals', 'STRAẞE', 'strasse'],
    ['hyphens', 'check-out', 'check out'],
    ['underscores, dots and slashes', 'check_out.flow/web', 'check out flow web'],
    ['spaces', '  check   out ', 'check out'],
    ['apostrophes', 'Ana’s board', 'anas board'],
    ['emoji', '🚀 Launch', 'launch'],
    ['wide letters', 'ＡＰＩ', 'api'],
    ['a plural', 'Payments', 'payment'],
    ['plurals in the middle', 'payments teams board', 'payment team board'],
    ['a plural in -ies', 'Policies', 'policy'],
    ['a plural in -es', 'boxes and matches', 'box and match'],
    ['a plural in -sses', 'addresses', 'address'],
    ['all of it', 'Résumé-Imports!', 'resume import'],
  ])('but for %s', (_, one, other) => {
    expect(normalName(one)).toBe(normalName(other));
  });
});

describe('two names are different', () => {
  it.each([
    ['another letter', 'payment', 'paiment'],
    ['a name of signs', 'C#', 'C++'],
    ['a number', 'API 2', 'API 3'],
    ['vowel signs of Devanagari', 'की', 'का'],
    ['vowel signs of Thai', 'กา', 'กี'],
    ['voiced sounds of Japanese', 'ガス', 'カス'],
    ['Chinese signs', '支付', '支票'],
    ['syllables of Korean', '결제', '결재'],
  ])('by %s', (_, one, other) => {
    expect(normalName(one)).not.toBe(normalName(other));
  });
});

describe('words that only look like a plural stay', () => {
  it.each(['status', 'sms', 'analysis', 'ios', 'access', 'bus'])('%s', (word) => {
    expect(normalName(word)).toBe(word);
  });
});

it('drops vowel points that may be written or not', () => {
  expect(normalName('دَفْع')).toBe(normalName('دفع'));
  expect(normalName('שָׁלוֹם')).toBe(normalName('שלום'));
});

it('is nothing for what has no letter and no digit', () => {
  for (const name of ['', '   ', '---', '🚀', '!?', '<>', '’']) expect(normalName(name)).toBe('');
});

it('changes nothing the second time', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc
      .array(
        fc.constantFrom(
          's',
          'es',
          'ies',
          'ss',
          'x',
          'ch',
          'sh',
          'z',
          'y',
          'a',
          'Σ',
          'İ',
          'ß',
          'ø',
          '-',
          ' ',
          "'",
        ),
        { maxLength: 10 },
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(name, (given) => {
      const once = normalName(given);
      expect(normalName(once)).toBe(once);
      expect(once).toBe(once.trim());
      expect(once).not.toMatch(/\s{2}/);
    }),
    { numRuns: 3_000 },
  );
});
