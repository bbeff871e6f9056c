import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Horizon, Item, Slip } from '../../../src/features/roadmap/core/item.ts';
import { addModal, editModal } from '../../../src/features/roadmap/form-blocks.ts';
import { listBlocks, nearBlocks } from '../../../src/features/roadmap/list-blocks.ts';
import { moveModal } from '../../../src/features/roadmap/move-blocks.ts';
import { answeredBlocks, askBlocks, outcomeModal } from '../../../src/features/roadmap/outcome-blocks.ts';
import { scoreModal } from '../../../src/features/roadmap/score-blocks.ts';
import { movedBlocks, showBlocks } from '../../../src/features/roadmap/show-blocks.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';

const today = Temporal.PlainDate.from('2026-11-20');
const worst = '*<!channel>&_`~'.repeat(100);
const person = { id: 1, slackId: null, name: worst.slice(0, 80) };
const team = (id: number) => ({ id, key: `team-${id}`, name: worst.slice(0, 100) });
const item = (id: number, horizon: Horizon = 'now'): Item => ({
  ...{
    id,
    key: 'k'.repeat(80),
    title: worst.slice(0, 200),
    summary: worst.slice(0, 1_000),
    horizon,
    position: id,
  },
  ...{ impact: 5, effort: 3, alignment: 4, owner: person, team: team(1), needs: [2, 3, 4].map(team) },
  rock: { id: 1, key: 'r'.repeat(80), name: worst.slice(0, 100), owner: person },
  supports: {
    kind: 'objective',
    id: 1,
    key: 'o',
    titles: [1, 2, 3].map(() => worst.slice(0, 200)),
    lineId: 1,
  },
  ...{ dueOn: today, firstDueOn: today.subtract({ days: 9 }), slips: 12 },
  movedAt: Temporal.Instant.from('2026-11-01T09:00:00Z'),
  whyStopped: horizon === 'stopped' ? worst.slice(0, 500) : null,
  outcome: horizon === 'shipped' ? 'too-early' : null,
  outcomeWords: horizon === 'shipped' ? worst.slice(0, 500) : null,
});
const slip: Slip = {
  at: Temporal.Instant.from('2026-11-01T09:00:00Z'),
  from: today.subtract({ days: 9 }),
  to: today,
  by: person,
  why: worst.slice(0, 500),
};
const listed = (items: Item[]) => ({
  ...{ of: { kind: 'team', id: 1, name: worst.slice(0, 100) } as const, horizon: null, today, items },
  over: { shipped: 2, stopped: 1 },
});

describe('within Slack’s limits, whatever people write', () => {
  test('every page of 2,000 items, which together have each of them once', () => {
    const horizons: Horizon[] = ['now', 'next', 'later'];
    const items = horizons.flatMap((horizon) => Array.from({ length: 667 }, (_, id) => item(id, horizon)));
    const pages = Math.ceil(items.length / 15);
    let lines = 0;
    for (const page of [1, 2, 45, pages - 1, pages]) {
      const content = listBlocks(listed(items), page, (to) => JSON.stringify({ page: to }));
      expect(messageProblems(content, 'answer')).toEqual([]);
      lines += JSON.stringify(content.blocks).match(/• /g)?.length ?? 0;
    }
    expect(lines).toBe(4 * 15 + (items.length - (pages - 1) * 15));
  });

  test.each(['now', 'shipped', 'stopped'] as const)('one item that is %s, with many slips', (horizon) => {
    const page = {
      item: item(1, horizon),
      today,
      timezone: 'UTC',
      slips: Array(40).fill(slip),
      mayAnswer: true,
    };
    expect(messageProblems(showBlocks(page), 'answer')).toEqual([]);
  });

  test('what moved, and what may be meant', () => {
    const change = { item: item(1, 'stopped'), isAdded: false, isShipped: false, isStopped: true };
    const changes = Array.from({ length: 60 }, () => ({
      ...change,
      horizon: { from: 'now', to: 'stopped' } as const,
      slips: Array<Slip>(20).fill(slip),
    }));
    const content = movedBlocks({ since: today, today, changes });
    expect(messageProblems(content, 'answer')).toEqual([]);
    expect(content.blocks.at(-1)).toMatchObject({
      text: { text: expect.stringContaining('… and 40 more.') },
    });
    const near = Array.from({ length: 5 }, (_, id) => ({ id, title: worst.slice(0, 200) }));
    expect(messageProblems(nearBlocks('I don’t know it.', near), 'answer')).toEqual([]);
  });

  test('the question about the number', () => {
    const results = Array.from({ length: 40 }, (_, id) => ({
      ...{ id, key: 'k', title: worst.slice(0, 200), objective: 'o', unit: worst.slice(0, 20) },
      ...({ type: 'number', direction: 'up', start: null, target: 1e15, current: 1 / 3 } as const),
    }));
    expect(messageProblems(askBlocks(item(1), results, false))).toEqual([]);
    const answered = { title: item(1).title, outcome: 'too-early', isAskedAgain: true } as const;
    expect(messageProblems(answeredBlocks(answered))).toEqual([]);
  });

  test('every form', () => {
    const choice = (id: number) => ({ id: String(id), name: worst.slice(0, 200) });
    const choices = { teams: Array.from({ length: 300 }, (_, id) => choice(id)), supports: [] };
    const filled = {
      ...{ title: worst.slice(0, 200), summary: worst.slice(0, 1_000), owner: 'U0ANA', team: '1' },
      ...{ rock: choice(1), supports: null, needs: ['2', '3'], due: '2026-12-01' },
    };
    const own = { id: 1, key: 'k'.repeat(80), title: worst.slice(0, 200), stamp: 's'.repeat(22) };
    const views = [
      addModal(filled, choices),
      editModal({ ...own, horizon: 'now', hasDate: true }, filled, choices),
      scoreModal(own, { impact: null, effort: 3, alignment: 3 }),
      ...(['now', 'stopped', null] as const).map((to) =>
        moveModal({ ...own, from: 'next', to, hasDate: true }),
      ),
      ...(['moved', 'too-early', 'not-moved'] as const).map((outcome) => outcomeModal(item(1), outcome)),
    ];
    for (const view of views) expect(modalProblems(view)).toEqual([]);
  });
});

test('an empty roadmap says what is empty, and how to begin', () => {
  const empty = (given: object) =>
    listBlocks({ ...listed([]), of: { kind: 'all' }, ...given }, 1, String).text;
  const none = { over: { shipped: 0, stopped: 0 } };
  expect(empty(none)).toBe('Nothing is on the roadmap yet. `/roadmap add` puts something there.');
  expect(empty({ ...none, horizon: 'shipped' })).toBe(
    'Nothing has shipped yet. `/roadmap add` puts something there.',
  );
  expect(empty({ of: { kind: 'team', id: 1, name: 'Risk' } })).toBe(
    'Nothing is on the roadmap of Risk yet. `/roadmap add` puts something there. 2 shipped, 1 stopped: `/roadmap shipped`, `/roadmap stopped`',
  );
});
