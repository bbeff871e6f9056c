import { describe, expect, test } from 'vitest';
import { coverageShown } from '../../../../src/features/strategy/core/coverage.ts';
import { readNotDoing, readRank, readTitle } from '../../../../src/features/strategy/core/line-form.ts';
import { intentsOf, withLine } from '../../../../src/features/strategy/core/strategy.ts';
import { type Objective, treeOf } from '../../../../src/features/strategy/core/tree.ts';
import { line } from '../support.ts';

const strategy = {
  vision: null,
  lines: [
    line({ id: 1 }),
    line({ id: 2, rank: 2 }),
    line({ id: 3, parentId: 1 }),
    line({ id: 4, parentId: 1, rank: 2 }),
  ],
};
const objective = (id: number, given: Partial<Objective> = {}): Objective => ({
  id,
  title: `Objective ${id}`,
  supportsId: null,
  lineId: null,
  isSeen: true,
  health: [],
  ...given,
});
const ids = (hung: readonly { id: number; depth: number }[]) => hung.map(({ id, depth }) => `${id}@${depth}`);

describe('the tree', () => {
  test('hangs objectives below what they support, and what supports no line apart', () => {
    const tree = treeOf(
      strategy,
      [
        objective(10, { lineId: 3 }),
        objective(11, { supportsId: 10, lineId: 3 }),
        objective(12, { supportsId: 11, lineId: 3 }),
        objective(13),
        objective(14, { supportsId: 13 }),
        objective(15, { lineId: 2 }),
      ],
      [{ id: 20, name: 'Payments', lineId: 1 }],
    );
    const [first, second] = tree.intents;
    expect(first?.rocks.map(({ name }) => name)).toEqual(['Payments']);
    expect(first?.initiatives.map((it) => ids(it.objectives))).toEqual([['10@0', '11@1', '12@2'], []]);
    expect(ids(second?.objectives ?? [])).toEqual(['15@0']);
    expect(ids(tree.loose)).toEqual(['13@0', '14@1']);
    expect(tree.bare.map(({ id }) => id)).toEqual([4]);
  });

  test('shows an objective where one that may not be seen hangs, and a line with hidden work is not bare', () => {
    const tree = treeOf(
      strategy,
      [
        objective(10, { lineId: 3, isSeen: false }),
        objective(11, { supportsId: 10, lineId: 3 }),
        objective(12, { lineId: 4, isSeen: false }),
      ],
      [],
    );
    expect(tree.intents[0]?.initiatives.map((it) => ids(it.objectives))).toEqual([['11@0'], []]);
    expect(tree.bare.map(({ id }) => id)).toEqual([2]);
  });

  test('ends where objectives support each other in a circle', () => {
    const tree = treeOf(strategy, [objective(10, { supportsId: 11 }), objective(11, { supportsId: 10 })], []);
    expect(ids(tree.loose)).toHaveLength(2);
  });

  test('an objective that supports one of an older cycle hangs from the line of that', () => {
    const tree = treeOf(strategy, [objective(10, { supportsId: 99, lineId: 3 })], []);
    expect(ids(tree.intents[0]?.initiatives[0]?.objectives ?? [])).toEqual(['10@0']);
  });
});

describe('a line at a rank', () => {
  test.each([
    [1, [5, 1, 2]],
    [2, [1, 5, 2]],
    [300, [1, 2, 5]],
  ])('%i makes the others make room', (rank, order) => {
    const lines = intentsOf(withLine(strategy, line({ id: 5, rank })));
    expect(lines.map(({ id }) => id)).toEqual(order);
    expect(lines.map((it) => it.rank)).toEqual([1, 2, 3]);
  });
});

describe('coverage', () => {
  test('counts teams of one or two together, and not at all where that would be a name', () => {
    const teams = [
      { team: 'Checkout', members: 6, readers: 4 },
      { team: 'Ops', members: 2, readers: 1 },
      { team: 'Law', members: 1, readers: 1 },
    ];
    expect(coverageShown(teams)).toEqual([
      { team: 'Checkout', members: 6, readers: 4 },
      { team: 'Smaller teams', members: 3, readers: 2 },
    ]);
    expect(coverageShown(teams.slice(0, 2))).toEqual([{ team: 'Checkout', members: 6, readers: 4 }]);
  });
});

describe('what is typed of a line', () => {
  test.each([
    [readTitle('  '), 'Say it in one sentence.'],
    [readTitle('x'.repeat(201)), 'A title has 200 characters at most; this one has 201.'],
    [readRank('0'), 'A rank is a whole number from 1 to 300.'],
    [readRank('1.5'), 'A rank is a whole number from 1 to 300.'],
    [readNotDoing('a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk'), '10 lines at most; these are 11.'],
    [readNotDoing('x'.repeat(201)), 'A line has 200 characters at most; this one has 201.'],
  ])('is refused beside its field: %j', (typed, words) => {
    expect(typed).toEqual({ ok: false, words });
  });

  test('is taken without what stands around it', () => {
    expect(readTitle(' Win \n trust ')).toEqual({ ok: true, value: 'Win trust' });
    expect(readNotDoing(' Loans \n\nLoans\nFlights')).toEqual({ ok: true, value: ['Loans', 'Flights'] });
    expect(readRank('')).toEqual({ ok: true, value: 300 });
  });
});
