import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../../../src/features/strategy/core/difference.ts';
import { type Strategy, withLine, withoutLine } from '../../../../src/features/strategy/core/strategy.ts';
import { changeWords } from '../../../../src/features/strategy/difference-words.ts';
import { line } from '../support.ts';

const trust = line({ id: 1, title: 'Win trust', measure: '0.2 %', horizon: '2027' });
const growth = line({ id: 2, title: 'Grow', rank: 2 });
const reach = line({ id: 3, title: 'Reach further', rank: 3 });
const failures = line({ id: 4, title: 'Halve failures', parentId: 1 });
const guides = line({ id: 5, title: 'Guides', parentId: 2 });
const before: Strategy = { vision: 'Easy money.', lines: [trust, growth, reach, failures, guides] };
const ana = { id: 7, slackId: 'U0ANA', name: 'Ana' };

const words = (after: Strategy) => differenceOf(before, after).map(changeWords);
const withChanged = (id: number, change: Partial<typeof trust>): Strategy => ({
  ...before,
  lines: before.lines.map((it) => (it.id === id ? { ...it, ...change } : it)),
});

describe('what is new since the last version, in words', () => {
  test.each<[what: string, after: Strategy, words: string[]]>([
    ['nothing', before, []],
    ['the vision', { ...before, vision: 'Safe money.' }, ['*Vision*: Easy money. → Safe money.']],
    ['a vision that is taken out', { ...before, vision: null }, ['*Vision*: Easy money. → nothing']],
    [
      'an added intent and initiative',
      {
        ...before,
        lines: [
          ...before.lines,
          line({ id: 8, title: 'Calm', rank: 4 }),
          line({ id: 9, title: 'Refunds', parentId: 8 }),
        ],
      },
      ['Added the intent *Calm*', 'Added the initiative *Refunds* to *Calm*'],
    ],
    [
      'a dropped intent with its initiative',
      withoutLine(before, 1),
      ['Dropped the intent *Win trust*', 'Dropped the initiative *Halve failures*'],
    ],
    ['a measure', withChanged(1, { measure: '0.1 %' }), ['*Win trust*: measure: 0.2 % → 0.1 %']],
    [
      'several fields of a line, one a line of text',
      withChanged(1, {
        title: 'Earn trust',
        horizon: null,
        owner: ana,
        notDoing: ['Loans', 'New countries'],
      }),
      [
        '*Earn trust*: title: Win trust → Earn trust',
        '*Earn trust*: horizon: 2027 → nothing',
        '*Earn trust*: owner: nobody → <@U0ANA>',
        '*Earn trust*: we will not do: nothing → Loans; New countries',
      ],
    ],
    [
      'problem and metric of an initiative',
      withChanged(4, { problem: 'One in twelve fails.', metric: 'Failure rate' }),
      [
        '*Halve failures*: problem: nothing → One in twelve fails.',
        '*Halve failures*: metric: nothing → Failure rate',
      ],
    ],
    [
      'an initiative that moved to another intent',
      withChanged(4, { parentId: 2, rank: 2 }),
      ['*Halve failures*: moved from *Win trust* to *Grow*'],
    ],
    [
      'an intent that moved up; those that made room are not told',
      withLine(before, { ...reach, rank: 1 }),
      ['*Reach further*: rank: 3 → 1'],
    ],
    [
      'what people wrote, without effect on the words around it',
      withChanged(1, { measure: '*<!channel>*\nnext' }),
      ['*Win trust*: measure: 0.2 % → ∗&lt;!channel&gt;∗ next'],
    ],
  ])('%s', (_what, after, told) => {
    expect(words(after)).toEqual(told);
  });

  test('a first version is all added', () => {
    expect(differenceOf({ vision: null, lines: [] }, before).map(({ kind }) => kind)).toEqual([
      'vision',
      'added',
      'added',
      'added',
      'added',
      'added',
    ]);
  });

  test('is nothing between a strategy and itself, and moving a line tells of that line alone', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 8 })
          .chain((count) =>
            fc.tuple(
              fc.constant(count),
              fc.integer({ min: 1, max: count }),
              fc.integer({ min: 1, max: count }),
            ),
          ),
        ([count, from, to]) => {
          const lines = Array.from({ length: count }, (_, index) => line({ id: index + 1, rank: index + 1 }));
          const strategy = { vision: null, lines };
          expect(differenceOf(strategy, strategy)).toEqual([]);
          const moved = lines[from - 1] ?? line({ id: 1 });
          const changes = differenceOf(strategy, withLine(strategy, { ...moved, rank: to }));
          // Of two neighbours that change places either may be told.
          expect(changes.length).toBe(from === to ? 0 : 1);
          if (Math.abs(from - to) > 1)
            expect(changes).toMatchObject([{ kind: 'ranked', line: { id: from }, from, to }]);
        },
      ),
    );
  });
});
