import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../../src/features/imports/core/import.ts';
import { planRocks } from '../../../../src/features/imports/rocks/core/plan.ts';
import type { KnownForRocks, KnownRock } from '../../../../src/features/imports/rocks/core/rock-row.ts';
import { readImportance, readWeight } from '../../../../src/features/imports/rocks/core/values.ts';

const person = (id: number, name: string, given = {}): KnownForRocks['people'][number] => ({
  ...{ id, slackId: `U00000${id}`, name, email: null, handle: null, kind: 'member', isDeactivated: false },
  deactivatedAt: null,
  ...given,
});
const registered = (
  id: number,
  name: string,
  given: Partial<KnownRock['rock']> = {},
  more: Partial<KnownRock> = {},
): KnownRock => ({
  ...{ id, key: `rock-${id}`, ownerId: null, standing: 'active' },
  rock: {
    ...{ name, summary: null, type: 'area', discipline: null, importance: null, weight: 1 },
    ...{ teamId: null, channelId: null, aliases: [], links: [], backups: [], ...given },
  },
  ...more,
});
const known: KnownForRocks = {
  people: [
    person(1, 'Ana Sol'),
    person(2, 'Ben Kaya'),
    person(3, 'Eva Lund', {
      isDeactivated: true,
      deactivatedAt: Temporal.Instant.from('2026-03-05T10:00:00Z'),
    }),
    person(4, 'Gus Guest', { kind: 'guest' }),
  ],
  channels: [{ id: 1, slackId: 'C000001', name: 'payments', isArchived: false }],
  teams: [{ id: 1, key: 'checkout', name: 'Checkout' }],
  rocks: [],
  zone: 'UTC',
};
const keys = ['name', 'owner', 'backup', 'team', 'channel', 'aliases', 'importance', 'weight', 'key'];
const mapping = Object.fromEntries(keys.map((key, column) => [key, column]));
type Cells = Partial<Record<string, string>>;
const plan = (rows: Cells[], given: { rocks?: KnownRock[]; answers?: Answers } = {}) =>
  planRocks({
    sheet: {
      ...{ name: null, columns: keys, notes: [] },
      rows: rows.map((cells, index) => ({ line: index + 2, cells: keys.map((key) => cells[key] ?? '') })),
    },
    mapping,
    answers: given.answers ?? {},
    known: { ...known, rocks: given.rocks ?? [] },
  });
const said = (...given: Parameters<typeof plan>) =>
  plan(...given).rows.map(({ outcome, words }) => `${outcome}${words === '' ? '' : `: ${words}`}`);

describe('an owner', () => {
  test('who left, or is a guest, is none, and the row says so', () => {
    expect(
      said([
        { name: 'A1', owner: 'Eva Lund' },
        { name: 'B1', owner: 'Gus Guest' },
      ]),
    ).toEqual([
      'added: nobody owns it: Eva Lund left Slack in March 2026',
      'added: nobody owns it: Gus Guest is a guest, and only members can',
    ]);
  });

  test('comes first, and the others stand in', () => {
    const [row] = plan([{ name: 'A1', owner: 'Ana / Ben', backup: 'Ana Sol, Ben' }]).rows;
    expect(row?.write).toMatchObject({ ownerId: 1, rock: { backups: [2] } });
  });

  test('whom the register has stays', () => {
    const rocks = [registered(7, 'Payments', {}, { ownerId: 1 })];
    expect(said([{ name: 'Payments', owner: 'Ben' }], { rocks })).toEqual([
      'unchanged: kept as it is in Slack: owner',
    ]);
  });
});

describe('what looks the same', () => {
  test('in the sheet is asked about, and left out when it is one', () => {
    const rows = [{ name: 'Payments' }, { name: 'Payment' }, { name: 'Onboarding' }, { name: 'Onbording' }];
    const { questions } = plan(rows);
    expect(questions.map(({ key, words, suggested }) => [key, words, suggested])).toEqual([
      ['same:3', '“Payments” and “Payment” (rows 2 and 3) look the same.', 'one'],
      ['same:5', '“Onboarding” and “Onbording” (rows 4 and 5) look the same.', 'two'],
    ]);
    expect(said(rows)).toEqual(['added', 'left-out: the same rock as row 2', 'added', 'added']);
    const answers = { 'same:3': 'two', 'same:5': 'one' };
    expect(said(rows, { answers })).toEqual(['added', 'added', 'added', 'left-out: the same rock as row 4']);
  });

  test('but for its numbers is not the same', () => {
    const rows = [
      { name: 'Tier 1 support' },
      { name: 'Tier 2 support' },
      { name: 'Market 1234' },
      { name: 'Market 1235' },
    ];
    expect(plan(rows).questions).toEqual([]);
  });

  test('in the register is asked about, unless its name is the very same', () => {
    const rocks = [registered(7, 'Payments'), registered(8, 'Search')];
    const rows = [
      { name: 'Payment', owner: 'Ana' },
      { name: 'SEARCH', owner: 'Ana' },
    ];
    const { questions } = plan(rows, { rocks });
    expect(questions).toEqual([
      {
        key: 'rock:2',
        words: '“Payment” (row 2) looks like “Payments” in the register.',
        choices: [
          { value: '7', name: 'The same rock' },
          { value: 'new', name: 'A new one' },
        ],
        suggested: '7',
      },
    ]);
    expect(said(rows, { rocks })).toEqual(['changed: adds owner', 'changed: adds owner']);
    expect(said(rows, { rocks, answers: { 'rock:2': 'new' } })).toEqual([
      'added: Ana Sol',
      'changed: adds owner',
    ]);
  });

  test('is found by its key first, and never twice', () => {
    const rocks = [registered(7, 'Payments')];
    expect(said([{ name: 'Paying', key: 'rock-7', owner: 'Ana' }, { name: 'Payments' }], { rocks })).toEqual([
      'changed: adds owner',
      'left-out: the same rock of the register as row 2',
    ]);
  });
});

describe('names', () => {
  test('lead to one rock: an alias that another has is left out', () => {
    const rocks = [registered(7, 'Billing', { aliases: ['invoices'] })];
    const rows = [
      { name: 'Payments', aliases: 'billing; psp, Payments' },
      { name: 'Wallets', aliases: 'psp' },
    ];
    expect(said(rows, { rocks })).toEqual([
      'added: “billing” leads to another rock, so it is left out',
      'added: “psp” leads to another rock, so it is left out',
    ]);
    expect(plan(rows, { rocks }).rows[0]?.write?.rock.aliases).toEqual(['psp']);
  });

  test('give keys that are free', () => {
    const rows = [{ name: 'Payments' }, { name: 'Payments' }, { name: 'Größe' }, { name: '支払い' }];
    const { rows: planned } = plan(rows, { answers: { 'same:3': 'two' } });
    expect(planned.map(({ write }) => write?.key)).toEqual(['payments', 'payments-2', 'gro-e', 'rock']);
  });
});

describe('a row is refused', () => {
  test.each([
    [{ name: '' }, 'no name'],
    [{ name: '???' }, 'the name has no letter or digit to be found by'],
    [{ name: 'x'.repeat(101) }, 'the name has 101 characters; 100 are the most'],
    [{ name: 'A1', weight: '12' }, '“12” is no weight. 1 to 5 is, or light, medium, heavy.'],
    [
      { name: 'A1', importance: 'so lala' },
      '“so lala” is no importance. critical, very important, important, nice to have, not important are.',
    ],
  ])('%j', (cells, why) => expect(said([cells])).toEqual([`refused: ${why}`]));

  test('of a rock that is retired', () => {
    const rocks = [registered(7, 'Payments', {}, { standing: 'retired' })];
    expect(said([{ name: 'Payments' }], { rocks })).toEqual(['refused: Payments is retired']);
  });
});

describe('people say', () => {
  test.each([
    ['Critical', 'critical'],
    ['P0', 'critical'],
    ['p1', 'very-important'],
    ['High', 'very-important'],
    ['wichtig', 'important'],
    ['Medium', 'important'],
    ['nice-to-have', 'nice-to-have'],
    ['crítico', 'critical'],
    ['', null],
  ])('%s for an importance', (cell, value) => expect(readImportance(cell)).toEqual({ ok: true, value }));
  test.each([
    ['3', 3],
    ['M', 3],
    ['heavy', 4],
    ['5.0', 5],
    ['', null],
  ])('%s for a weight', (cell, value) => expect(readWeight(cell)).toEqual({ ok: true, value }));
});
