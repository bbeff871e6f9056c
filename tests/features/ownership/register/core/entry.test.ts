import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalName } from '../../../../../src/features/ownership/core/names.ts';
import {
  keyFor,
  linkLines,
  longestField,
  readAliases,
  readLinks,
  readName,
} from '../../../../../src/features/ownership/register/core/entry.ts';

const none = { keys: new Set<string>(), aliases: new Set<string>() };

describe('a name', () => {
  test('is read without the spaces around it', () => {
    expect(readName('  Card \n payments ')).toEqual({ ok: true, value: 'Card payments' });
  });

  test.each([
    [null, 'Give it a name, such as Payments.'],
    ['!!! ---', 'That has no letter or digit to be found by.'],
    ['x'.repeat(300), 'A name has 100 characters at most; this one has 300.'],
  ])('%s is refused', (text, words) => {
    expect(readName(text)).toEqual({ ok: false, words });
  });
});

describe('other names', () => {
  test('stand one a line or between commas', () => {
    expect(readAliases('billing, psp\nmoney in; ')).toEqual({
      ok: true,
      value: ['billing', 'psp', 'money in'],
    });
  });

  test('that a file has brought in keep their comma', () => {
    expect(readAliases('Acme, Inc.\nbilling', ['Acme, Inc.'])).toEqual({
      ok: true,
      value: ['Acme, Inc.', 'billing'],
    });
    expect(readAliases('Acme, Inc.')).toEqual({ ok: true, value: ['Acme', 'Inc.'] });
  });

  test.each([
    ['billing, Billings', '“Billings” stands there twice.'],
    ['billing, !!', '“!!” has no letter or digit to be found by.'],
    ['y'.repeat(81), `“${'y'.repeat(30)}…” is too long; 80 characters are the most.`],
    [
      Array.from({ length: 21 }, (_, index) => `name ${index}`).join('\n'),
      '20 other names are the most; these are 21.',
    ],
  ])('%s are refused', (text, words) => {
    expect(readAliases(text)).toEqual({ ok: false, words });
  });
});

describe('links', () => {
  test('stand one a line, with their words before them or without', () => {
    expect(readLinks('Big dashboard: https://bi.example/x?y=1\nhttp://run.example/book')).toEqual({
      ok: true,
      value: [
        { label: 'Big dashboard', url: 'https://bi.example/x?y=1' },
        { label: 'run.example', url: 'http://run.example/book' },
      ],
    });
  });

  test.each(['javascript:alert(1)', 'ftp://files.example', 'Dashboard', 'https://', '//bi.example'])(
    '%s is none',
    (text) => {
      expect(readLinks(text)).toEqual({
        ok: false,
        words: `“${text}” is not a web address. Begin it with https:// or http://.`,
      });
    },
  );

  test('for which a field has no room stay as they are', () => {
    const long = (index: number) => ({
      label: `Page ${index}`,
      url: `https://wiki.example/${'a'.repeat(1_400)}`,
    });
    const links = [long(1), long(2), long(3)];
    const { shown, kept } = linkLines(links);
    expect(shown.length).toBeLessThanOrEqual(longestField);
    expect(readLinks(shown)).toEqual({ ok: true, value: links.slice(0, 2) });
    expect(kept).toEqual(links.slice(2));
  });
});

describe('a key', () => {
  test.each([
    ['Payments', 'payments'],
    ['Résumé & imports', 'resume-imports'],
    ['支付', 'rock'],
    ['  C++  ', 'c'],
  ])('of %s is %s', (name, key) => {
    expect(keyFor(name, none)).toBe(key);
  });

  test('is another one where there is such a key, or an alias of another rock would lead away from it', () => {
    expect(keyFor('Payments', { ...none, keys: new Set(['payments', 'payments-2']) })).toBe('payments-3');
    expect(keyFor('C++', { ...none, aliases: new Set(['c']) })).toBe('c-2');
  });

  test('is made of a-z, 0-9 and hyphens, at most 80 long, and is nobody’s, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.nat(3), (name, taken) => {
        const keys = new Set<string>();
        const aliases = new Set<string>();
        for (let count = 0; count < taken; count += 1) {
          const key = keyFor(name, { keys, aliases });
          if (count % 2 === 0) keys.add(key);
          else aliases.add(normalName(key));
        }
        const key = keyFor(name, { keys, aliases });
        expect(key).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
        expect(key.length).toBeLessThanOrEqual(80);
        expect(keys.has(key) || aliases.has(normalName(key))).toBe(false);
      }),
    );
  });
});
