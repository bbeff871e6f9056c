import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Listed } from '../../../../src/features/okrs/reading/core/page.ts';
import {
  needsALook,
  type ShownKeyResult,
  type ShownObjective,
  sparkline,
} from '../../../../src/features/okrs/reading/core/shown.ts';
import { treeOf } from '../../../../src/features/okrs/reading/core/tree.ts';
import { keyResultLine, scoreWords } from '../../../../src/features/okrs/reading/line-blocks.ts';
import { listBlocks } from '../../../../src/features/okrs/reading/list-blocks.ts';
import { keyResultBlocks, objectiveBlocks } from '../../../../src/features/okrs/reading/show-blocks.ts';
import { treeBlocks } from '../../../../src/features/okrs/reading/tree-blocks.ts';
import { messageProblems } from '../../../support/block-limits.ts';
import { owed } from '../../../support/check-ins.ts';
import { worstTexts } from '../../../support/worst-case.ts';

/** The 47th of 92 days: half of the way is expected, give or take. */
const today = Temporal.PlainDate.from('2026-11-16');
const again = (page: number) => JSON.stringify({ page });

const result = (change: Partial<ShownKeyResult> = {}): ShownKeyResult => ({
  ...owed(change),
  score: null,
  gradeWords: null,
  ...change,
});
const objective = (change: Partial<ShownObjective> = {}): ShownObjective => ({
  id: 1,
  key: 'reliable',
  title: 'Checkout that just works',
  state: 'active',
  owner: { id: 1, slackId: 'U1', name: 'Ana' },
  reviewer: null,
  team: { id: 1, name: 'Checkout' },
  cycleKey: '2026-Q4',
  cycleState: 'active',
  needs: [],
  supportsId: null,
  line: null,
  keyResults: [result()],
  ...change,
});
const listed = (objectives: ShownObjective[], change: Partial<Listed> = {}): Listed => ({
  of: { kind: 'all' },
  cycle: null,
  today,
  objectives,
  draft: null,
  ...change,
});
const plain = (line: string) => line.replaceAll('*', '');

describe('the line of a key result', () => {
  test.each<[string, Partial<ShownKeyResult>, string]>([
    [
      'on track',
      { confidence: 8 },
      ':large_green_circle: Rate 1 `kr-1`  3.1 %, target 2 % · 50 % of the way, 51 % expected · confidence 8 · on track · <@U1>',
    ],
    [
      'aspirational, which is at risk from 3',
      { confidence: 4, commitment: 'aspirational' },
      ':large_yellow_circle: Rate 1 `kr-1`  3.1 %, target 2 % · 50 % of the way, 51 % expected · confidence 4 · at risk · <@U1>',
    ],
    [
      'outdated',
      { confidence: 8, isOutdated: true },
      ':hourglass: Rate 1 `kr-1`  3.1 %, target 2 % · 50 % of the way, 51 % expected · confidence 8 · outdated · <@U1>',
    ],
    [
      'over 100 %',
      { current: 1, confidence: 10 },
      ':large_green_circle: Rate 1 `kr-1`  1 %, target 2 % · 145 % of the way, 51 % expected · confidence 10 · on track · <@U1>',
    ],
    [
      'a baseline without a value',
      { start: null, current: null },
      ':white_circle: Rate 1 `kr-1`  no value yet, target 2 % · no answer yet · <@U1>',
    ],
    [
      'kept',
      { direction: 'maintain', target: 99.9, start: 99.9, current: 99.95, confidence: 9 },
      ':large_green_circle: Rate 1 `kr-1`  99.95 %, to stay at 99.9 % · kept · confidence 9 · on track · <@U1>',
    ],
    [
      'nobody’s, with a date that moved',
      { owner: null, dueOn: Temporal.PlainDate.from('2026-12-01'), slips: 2 },
      ':white_circle: Rate 1 `kr-1`  3.1 %, target 2 % · 50 % of the way, 51 % expected · no answer yet · nobody owns it · due 1 December 2026, moved 2 times',
    ],
    [
      'graded: confidence is past',
      { score: 0.7, commitment: 'aspirational', confidence: 9 },
      ':large_green_circle: Rate 1 `kr-1`  3.1 %, target 2 % · scored 0.7, reached · <@U1>',
    ],
  ])('%s', (_, change, words) => {
    expect(plain(keyResultLine(result(change), today))).toBe(words);
  });

  test.each([
    [1, 'committed', ':large_green_circle: scored 1.0, met'],
    [0.9, 'committed', ':red_circle: scored 0.9, missed'],
    [0.4, 'aspirational', ':large_yellow_circle: scored 0.4, partly reached'],
    [0.3, 'aspirational', ':red_circle: scored 0.3, not reached'],
    [null, 'committed', null],
  ] as const)('a score of %s of a %s one reads %s', (score, commitment, words) => {
    expect(scoreWords({ score, commitment })).toBe(words);
  });
});

test('what needs a look is at risk, off track or outdated, and not over', () => {
  expect(needsALook(result({ confidence: 8 }))).toBe(false);
  expect(needsALook(result({ confidence: 7 }))).toBe(true);
  expect(needsALook(result({ confidence: 9, isOutdated: true }))).toBe(true);
  expect(needsALook(result({ confidence: 1, state: 'dropped' }))).toBe(false);
  expect(needsALook(result())).toBe(false);
});

test('confidences become bars, the last ones where there are many', () => {
  expect(sparkline([0, 5, 10])).toBe('▁▅█');
  expect(sparkline(Array.from({ length: 40 }, () => 10))).toHaveLength(26);
});

describe('the tree', () => {
  test('has objectives below what they support, and apart what serves no line', () => {
    const top = objective({ id: 1, title: 'Top', line: 'Win trust > Halve failed payments' });
    const below = objective({ id: 2, title: 'Below', supportsId: 1, line: top.line });
    const apart = objective({ id: 3, title: 'Apart' });
    const rows = treeOf([apart, below, top]).map((row) =>
      'heading' in row ? row.heading : `${row.depth} ${row.objective.title}`,
    );
    expect(rows).toEqual([
      'Win trust > Halve failed payments',
      '0 Top',
      '1 Below',
      'Without a line of the strategy',
      '0 Apart',
    ]);
  });
});

describe('a list', () => {
  test.each<[string, Partial<Listed>, string]>([
    [
      'mine',
      { of: { kind: 'person', person: { id: 1, slackId: 'U1', name: 'Ana' }, isAsker: true } },
      "You own no objective and no key result in the current cycle. `/okr add` writes one; `/okr list all` shows everybody's.",
    ],
    [
      'of a team',
      { of: { kind: 'team', id: 1, name: 'Checkout' }, cycle: '2026-Q4' },
      'Checkout has no objective in 2026-Q4. `/okr add` writes one.',
    ],
    [
      'of all, while the next cycle is a draft',
      { of: { kind: 'all' }, draft: '2027-Q1' },
      'There is no objective in the current cycle that you can see. `/okr add` writes one. 2027-Q1 is still a draft: `/okr list 2027-Q1` shows it.',
    ],
    [
      'at risk',
      { of: { kind: 'at-risk' } },
      'Nothing is at risk, off track or outdated in the current cycle.',
    ],
  ])('with nothing in it says so kindly: %s', (_, change, words) => {
    expect(listBlocks(listed([], change), 1, again).text).toBe(words);
  });

  test('comes in pages that lead on and back', () => {
    const many = Array.from({ length: 30 }, (_, id) =>
      objective({ id, keyResults: [result({ id }), result({ id: id + 100 })] }),
    );
    const first = listBlocks(listed(many), 1, again);
    expect(JSON.stringify(first.blocks)).toContain('Page 1 of 5');
    expect(JSON.stringify(first.blocks)).toContain('"More"');
    expect(JSON.stringify(first.blocks)).not.toContain('"Earlier"');
    expect(JSON.stringify(listBlocks(listed(many), 99, again).blocks)).toContain('Page 5 of 5');
  });
});

describe.each(worstTexts)('with texts full of %s', (_, text) => {
  const worst = (id: number) =>
    result({
      id,
      title: text(200),
      unit: text(20),
      target: 1e15,
      owner: { id: 1, slackId: null, name: text(100) },
    });
  const objectives = Array.from({ length: 6 }, (_, id) =>
    objective({
      id,
      title: text(200),
      line: `${text(200)} > ${text(200)}`,
      team: { id: 1, name: text(80) },
      needs: [text(80), text(80)],
      keyResults: Array.from({ length: 12 }, (_, nth) => worst(id * 100 + nth)),
    }),
  );
  const [first] = objectives;
  if (first === undefined) throw new Error('there is one');
  const past = Array.from({ length: 13 }, (_, week) => ({
    on: today.subtract({ weeks: 13 - week }),
    value: 3,
    confidence: 5,
    health: null,
    words: text(1_500),
    person: { slackId: null, name: text(100) },
    isLate: false,
  }));
  test.each([
    ['a list', listBlocks(listed(objectives), 1, again)],
    ['the tree', treeBlocks(listed(objectives), 1, again)],
    ['an objective', objectiveBlocks({ kind: 'objective', today, objective: first, supports: text(200) })],
    [
      'a key result',
      keyResultBlocks(
        {
          kind: 'key-result',
          today,
          objective: first,
          keyResult: {
            ...worst(1),
            healthOverruled: 'at-risk',
            healthWords: text(1_500),
            gradeWords: text(1_500),
          },
          past,
          backup: { id: 3, slackId: null, name: text(100) },
          carriedFrom: { key: 'failed-rate-q3', cycleKey: '2026-Q3' },
          targets: Array.from({ length: 5 }, () => ({
            at: Temporal.Instant.from('2026-11-01T00:00:00Z'),
            from: 1,
            to: 2,
            reason: text(1_000),
          })),
          source: text(500),
        },
        null,
      ),
    ],
  ])('%s stays within the limits of Slack and pings nobody', (_, content) => {
    expect(messageProblems(content, 'answer')).toEqual([]);
  });
});
