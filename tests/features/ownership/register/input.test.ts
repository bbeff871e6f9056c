import { describe, expect, test } from 'vitest';
import {
  choiceId,
  readInto,
  readReason,
  readRockFor,
  readRockForm,
  readSplitForm,
  readVerb,
} from '../../../../src/features/ownership/register/input.ts';
import type { Submission } from '../../../../src/platform/slack/calls.ts';
import { readWords } from '../../../../src/platform/slack/command-text.ts';

type Fields = { values?: Submission['values']; lists?: Submission['lists'] };
const sent = ({ values = {}, lists = {} }: Fields): Submission => ({
  workspaceId: 'T1',
  slackUserId: 'U1',
  files: {},
  metadata: '{}',
  values,
  lists,
});

describe('the words after /rock', () => {
  test.each([
    ['edit payments', 'edit', 'payments'],
    ['set-down "big bets"', 'set-down', 'big bets'],
    ['SetDown payments', 'set-down', 'payments'],
    ['set_down payments', 'set-down', 'payments'],
    ['bringback payments', 'bring-back', 'payments'],
    ['list', 'list', ''],
  ])('%s: a verb, and what it is about', (typed, verb, text) => {
    expect(readVerb(readWords(typed))).toMatchObject({ verb, text });
  });

  test.each(['edti payments', '"edit" payments', '@ana', ''])('%s: none that there is', (typed) => {
    expect(readVerb(readWords(typed))).toBeNull();
  });

  test.each([
    ['billing into payments', { text: 'billing', into: 'payments' }],
    ['"log into app" Into "Card payments"', { text: 'log into app', into: 'Card payments' }],
    ['log into app into sign-in', { text: 'log into app', into: 'sign-in' }],
    ['billing', null],
    ['into payments', null],
    ['billing into', null],
    ['billing "into" payments', null],
  ])('%s: a rock, and the one that it goes into', (typed, both) => {
    expect(readInto(readWords(typed))).toEqual(both);
  });

  test('payments @ben: a rock, and for whom', () => {
    expect(readRockFor(readWords('card payments <@U0BEN|ben>'))).toEqual({
      text: 'card payments',
      person: { kind: 'person', slackId: 'U0BEN', name: 'ben' },
    });
    expect(readRockFor(readWords('card payments'))).toEqual({ text: 'card payments', person: null });
  });
});

describe('the form of a rock', () => {
  const many = (count: number, of: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => of(index));
  test.each<[string, Fields, Record<string, string>]>([
    ['no name', { values: { name: ' ' } }, { name: 'Give it a name, such as Payments.' }],
    [
      'a name of 300 characters',
      { values: { name: 'x'.repeat(300) } },
      { name: 'A name has 100 characters at most; this one has 300.' },
    ],
    [
      'a name without letters',
      { values: { name: '!!!' } },
      { name: 'That has no letter or digit to be found by.' },
    ],
    [
      'weight 9',
      { values: { name: 'Pay', weight: '9' } },
      { weight: 'A weight is a whole number from 1 to 5.' },
    ],
    [
      'weight 1.5',
      { values: { name: 'Pay', weight: '1.5' } },
      { weight: 'A weight is a whole number from 1 to 5.' },
    ],
    [
      'a weight that is no number',
      { values: { name: 'Pay', weight: 'heavy' } },
      { weight: 'A weight is a whole number from 1 to 5.' },
    ],
    [
      'an alias that stands there twice',
      { values: { name: 'Pay', aliases: 'psp\nPSPs' } },
      { aliases: '“PSPs” stands there twice.' },
    ],
    [
      'an alias that is too long',
      { values: { name: 'Pay', aliases: 'y'.repeat(81) } },
      { aliases: `“${'y'.repeat(30)}…” is too long; 80 characters are the most.` },
    ],
    [
      'too many aliases',
      { values: { name: 'Pay', aliases: many(21, (index) => `n${index}`).join(', ') } },
      { aliases: '20 other names are the most; these are 21.' },
    ],
    [
      'a link to a script',
      { values: { name: 'Pay', links: 'Docs javascript:alert(1)' } },
      { links: '“javascript:alert(1)” is not a web address. Begin it with https:// or http://.' },
    ],
    [
      'a link without an address',
      { values: { name: 'Pay', links: 'the dashboard' } },
      { links: '“dashboard” is not a web address. Begin it with https:// or http://.' },
    ],
    [
      'too many links',
      { values: { name: 'Pay', links: many(11, (index) => `https://x.example/${index}`).join('\n') } },
      { links: '10 links are the most; these are 11.' },
    ],
    [
      'a description that is too long',
      { values: { name: 'Pay', summary: 'z'.repeat(501) } },
      { summary: '500 characters are the most; these are 501.' },
    ],
    [
      'for people, and nobody is named',
      { values: { name: 'Pay', visibility: 'people' } },
      { viewers: 'Name the people who may see it.' },
    ],
    [
      'for its team, and it has none',
      { values: { name: 'Pay', visibility: 'team' } },
      { visibility: 'Pick its team first, or another choice here.' },
    ],
    [
      'several things at once, each beside its field',
      { values: { name: '', weight: '0', links: 'x' } },
      {
        name: 'Give it a name, such as Payments.',
        weight: 'A weight is a whole number from 1 to 5.',
        links: '“x” is not a web address. Begin it with https:// or http://.',
      },
    ],
  ])('says what is wrong: %s', (_what, fields, errors) => {
    expect(readRockForm(sent(fields))).toEqual({ errors });
  });
});

describe('the form that splits a rock', () => {
  test('needs two names, and says so beside both', () => {
    expect(readSplitForm(sent({ values: { name: '', 'first-name': 'x'.repeat(101) } }))).toEqual({
      errors: {
        name: 'Give it a name, such as Payments.',
        'first-name': 'A name has 100 characters at most; this one has 101.',
      },
    });
  });

  test('takes along what was picked by its name, whatever has come before it meanwhile', () => {
    const read = readSplitForm(
      sent({ values: { name: 'B', 'first-name': 'A' }, lists: { aliases: [choiceId('psp')] } }),
    );
    if ('errors' in read) throw new Error('it was refused');
    expect([read.split.goesAlong.alias('psp'), read.split.goesAlong.alias('cards')]).toEqual([true, false]);
  });
});

describe('a reason', () => {
  test.each([
    ['  ', 'A sentence is enough: why?'],
    [undefined, 'A sentence is enough: why?'],
    ['x'.repeat(501), '500 characters are the most; these are 501.'],
  ])('is needed, and no more than a few sentences (%#)', (reason, words) => {
    expect(readReason({ values: reason === undefined ? {} : { reason } })).toEqual({ ok: false, words });
  });
});
