import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ImportField } from '../../../../src/features/imports/core/import.ts';
import { guessMapping } from '../../../../src/features/imports/core/mapping.ts';

const fields: ImportField[] = [
  { key: 'name', name: 'Name', isNeeded: true, headings: ['name', 'rock', 'feature'] },
  { key: 'owner', name: 'Owner', isNeeded: false, headings: ['owner', 'verantwortlich', 'propriétaire'] },
  { key: 'channel', name: 'Channel', isNeeded: false, headings: ['channel', 'slack'] },
  { key: 'link', name: 'Link', isNeeded: false, headings: ['link', 'url'] },
];
const rows = (...cells: string[][]) => cells.map((row, index) => ({ line: index + 2, cells: row }));

describe('columns are guessed', () => {
  test('by their headings, whatever the case, the accents and the words around', () => {
    expect(guessMapping(['Feature Name', 'PROPRIETAIRE', 'Slack-Channel', 'Notes'], [], fields)).toEqual({
      name: 0,
      owner: 1,
      channel: 2,
    });
    expect(guessMapping(['Ownr', 'Rock'], [], fields)).toEqual({ name: 1, owner: 0 });
  });

  test('by what is in them, where headings say nothing', () => {
    const people = [
      {
        id: 1,
        slackId: 'U1',
        name: 'Ana Sol',
        email: null,
        handle: null,
        kind: 'member' as const,
        isDeactivated: false,
      },
    ];
    const given = rows(['Payments', 'Ana', '#pay', 'https://a.example'], ['Search', 'Ana S.', '', '']);
    expect(guessMapping(['A', 'B', 'C', 'D'], given, fields, people)).toEqual({
      name: 0,
      owner: 1,
      channel: 2,
      link: 3,
    });
  });

  test('each column for one field, and each field from one column', () => {
    const word = fc.constantFrom('name', 'owner', 'Rock', 'channel', 'url', 'x', '', 'owner name');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (columns) => {
        const used = Object.values(guessMapping(columns, [], fields));
        expect(new Set(used).size).toBe(used.length);
        expect(used.every((column) => column < columns.length)).toBe(true);
      }),
    );
  });
});

test('a heading that fits stands behind another one where its words come again and again', () => {
  const known: ImportField[] = [
    { key: 'name', name: 'Name', isNeeded: true, isDistinct: true, headings: ['area', 'rock'] },
  ];
  const grouped = rows(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ['Checkout', name]));
  expect(guessMapping(['Area', 'Rock / activity'], grouped, known)).toEqual({ name: 1 });
  expect(guessMapping(['Area', 'Notes'], grouped, known)).toEqual({ name: 0 });
});
