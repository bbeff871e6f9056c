import { describe, expect, test } from 'vitest';
import { differenceOf } from '../../../src/features/strategy/core/difference.ts';
import { emptyStrategy, type Strategy } from '../../../src/features/strategy/core/strategy.ts';
import { type Objective, treeOf } from '../../../src/features/strategy/core/tree.ts';
import type { Version } from '../../../src/features/strategy/core/version.ts';
import { draftBlocks } from '../../../src/features/strategy/draft-blocks.ts';
import { lineModal, pickModal, visionModal } from '../../../src/features/strategy/line-blocks.ts';
import { editorsModal, publishModal } from '../../../src/features/strategy/publish-blocks.ts';
import { treeBlocks } from '../../../src/features/strategy/tree-blocks.ts';
import { historyBlocks, postBlocks } from '../../../src/features/strategy/version-blocks.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { instant } from '../../support/builders.ts';
import { line } from './support.ts';

const long = (length: number) => '<!channel> *x* & '.repeat(40).slice(0, length);
const owner = { id: 1, slackId: 'U0ANA', name: 'Ana' };

/** As many lines as there may be, each as long as it may be. */
const largest: Strategy = {
  vision: long(500),
  lines: Array.from({ length: 50 }, (_, i) => [
    line({
      id: i + 1,
      rank: i + 1,
      title: long(200),
      owner,
      measure: long(300),
      horizon: long(40),
      notDoing: Array.from({ length: 10 }, (_it, at) => `${at} ${long(190)}`),
    }),
    ...Array.from({ length: 5 }, (_it, at) =>
      line({
        id: 1_000 + i * 5 + at,
        parentId: i + 1,
        rank: at + 1,
        title: long(200),
        problem: long(500),
        metric: long(300),
      }),
    ),
  ]).flat(),
};
/** A part of it: every page is looked at, and each takes its time. */
const large = { ...largest, lines: largest.lines.filter(({ id, parentId }) => (parentId ?? id) <= 8) };
const version = (number: number, strategy: Strategy): Version => ({
  id: number,
  number,
  changedAt: instant('2026-11-20T11:00:00Z'),
  publishedAt: instant('2026-11-20T11:00:00Z'),
  publishedBy: owner,
  strategy,
});
const objectives = large.lines.flatMap(({ id }) =>
  Array.from(
    { length: 20 },
    (_, at): Objective => ({
      id: id * 100 + at,
      title: long(200),
      supportsId: at > 10 ? id * 100 + at - 1 : null,
      lineId: id,
      isSeen: true,
      health: ['on-track', 'at-risk', 'off-track', 'outdated', 'unanswered'],
    }),
  ),
);
const rocks = large.lines.flatMap(({ id }) =>
  Array.from({ length: 20 }, (_, at) => ({ id: id * 100 + at, name: long(100), lineId: id })),
);
const read = {
  version: version(3, large),
  tree: treeOf(large, objectives, rocks),
  looseRocks: { names: Array.from({ length: 8 }, () => long(100)), total: 12_000 },
};
const all = differenceOf(emptyStrategy, largest);

describe('the largest strategy stays within what Slack takes', () => {
  test('on every page of the tree, and all of it is on some page', () => {
    const page = (pageNumber: number) => treeBlocks(read, { pageNumber, timezone: 'UTC', draftChanges: 7 });
    const pages = Number(/Page 1 of (\d+)/.exec(page(0).text)?.[1]);
    expect(pages).toBeGreaterThan(10);
    const texts = Array.from({ length: pages }, (_, at) => {
      expect(messageProblems(page(at), 'answer'), `page ${at}`).toEqual([]);
      return page(at).text;
    }).join('\n');
    expect(texts.match(/^› /gm)).toHaveLength(40);
    expect(texts).toContain('8. ');
    expect(page(999).text).toContain(`Page ${pages} of ${pages}`);
  });

  test('in the draft, its forms, the post and the history', () => {
    const draft = { strategy: largest, inForce: version(3, emptyStrategy), changes: all };
    expect(messageProblems(draftBlocks(draft, { isAdmin: true }), 'answer')).toEqual([]);
    for (const one of largest.lines.slice(0, 2))
      expect(modalProblems(lineModal(one.kind, largest, one, 'x'.repeat(22)))).toEqual([]);
    expect(modalProblems(pickModal(largest))).toEqual([]);
    expect(modalProblems(visionModal(long(500), 'x'))).toEqual([]);
    const channels = ['C1', 'C2'];
    const given = { next: 4, hasVersion: true, changes: all, channels, stamp: 'x' };
    expect(modalProblems(publishModal(given))).toEqual([]);
    expect(modalProblems(editorsModal([owner]))).toEqual([]);
    expect(messageProblems(postBlocks(version(1, largest), all, 12))).toEqual([]);
    expect(messageProblems(postBlocks(version(4, largest), all, 0))).toEqual([]);
    const teams = Array.from({ length: 60 }, (_, at) => ({
      team: `${at} ${long(60)}`,
      members: 9,
      readers: 4,
    }));
    const told = Array.from({ length: 5 }, (_, at) => ({
      version: version(9 - at, largest),
      changes: all,
      readers: 12,
      teams,
    }));
    expect(messageProblems(historyBlocks(told, 4, 'UTC'), 'answer')).toEqual([]);
  });

  test('and so does an empty one', () => {
    const nothing = {
      version: null,
      tree: treeOf(emptyStrategy, [], []),
      looseRocks: { names: [], total: 0 },
    };
    const tree = treeBlocks(nothing, { pageNumber: 0, timezone: 'UTC', draftChanges: null });
    expect(tree.text).toBe(
      'Strategy\nNothing is published yet.\nThere is no strategy here yet. Its editors write it with `/strategy edit`.',
    );
    const draft = draftBlocks({ strategy: emptyStrategy, inForce: null, changes: [] }, { isAdmin: false });
    const said = [tree, draft, historyBlocks([], null, 'UTC')];
    for (const content of said) expect(messageProblems(content, 'answer')).toEqual([]);
    expect(modalProblems(lineModal('intent', emptyStrategy, null, ''))).toEqual([]);
  });
});
