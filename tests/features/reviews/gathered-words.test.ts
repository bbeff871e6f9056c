import { expect, test } from 'vitest';
import { looseLines } from '../../../src/features/reviews/gathering/strategy-lines.ts';
import { unownedLine } from '../../../src/features/reviews/gathering/work-lines.ts';

test('how much a rock matters is said in words', () => {
  const unowned = {
    id: 1,
    name: 'Map view',
    importance: 'nice-to-have',
    team: 'Search & fares',
    leadId: null,
  };
  expect(unownedLine(unowned).facts).toBe('nobody carries it · nice to have · Search &amp; fares');
});

test('of rocks without a line of the strategy the first are named, and the others counted', () => {
  const tree = { vision: null, intents: [], loose: [], bare: [] };
  const names = ['Basket', 'Cabins', 'Fares', 'Maps', 'Refunds', 'Seats'];
  const facts = (total: number) =>
    looseLines({ version: null, tree, looseRocks: { names: names.slice(0, total), total } })[0]?.facts;
  expect(facts(2)).toBe('Basket, Cabins');
  expect(facts(50)).toBe('Basket, Cabins, Fares, Maps, Refunds and 45 more');
});
