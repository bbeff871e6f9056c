import { describe, expect, test } from 'vitest';
import { questionBlocks, thanksBlocks } from '../../../../src/features/ownership/proposals/blocks.ts';
import type { Progress } from '../../../../src/features/ownership/proposals/core/proposal.ts';
import { noneModal, someModal } from '../../../../src/features/ownership/proposals/forms.ts';
import { readNone, readPage } from '../../../../src/features/ownership/proposals/input.ts';
import {
  progressBlocks,
  progressLine,
} from '../../../../src/features/ownership/proposals/progress-blocks.ts';
import { textLength } from '../../../../src/platform/slack/elements.ts';
import { instant } from '../../../support/builders.ts';
import { labels } from '../support.ts';

const listed = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    rockId: index + 1,
    stintId: 9_000_000 + index,
    name: `<${'Name '.repeat(20)}${index}>`,
  }));
const standing = { listed: 7, mine: 0, notMine: 0, left: 7 };

describe('the question', () => {
  test('names the first few, escaped and cut, and counts the rest', () => {
    const { text, blocks } = questionBlocks(3, standing, listed(7));
    expect(text).toMatch(/^7 rocks are listed as yours\. Right\? &lt;Name/);
    expect(text).toMatch(/ and 2 more$/);
    expect(text).not.toContain('<');
    expect(text.length).toBeLessThan(600);
    expect(labels({ text, blocks })).toEqual(['All mine', 'Some of them', 'None']);
  });

  test('of one rock has two answers', () => {
    const one = questionBlocks(3, { ...standing, listed: 1, left: 1 }, listed(1));
    expect(labels(one)).toEqual(['Mine', 'Not mine']);
  });

  test.each([
    [{ mine: 7, notMine: 0 }, 'Thank you. 7 rocks are yours.'],
    [{ mine: 1, notMine: 6 }, 'Thank you. One rock is yours, 6 rocks are not, and nobody owns them now.'],
    [{ mine: 0, notMine: 1 }, 'Thank you. One rock is not yours, and nobody owns it now.'],
  ])('thanks for %o', (counts, words) => {
    expect(thanksBlocks({ listed: 7, left: 0, ...counts }).text).toBe(words);
  });
});

describe('the forms', () => {
  test('hold fifty of 120 in groups of ten, within what Slack takes, and are read as they were shown', () => {
    const modal = someModal(3, listed(120));
    const groups = modal.blocks.filter(
      ({ type, block_id: id }) => type === 'input' && id?.startsWith('group-'),
    );
    expect(groups).toHaveLength(5);
    expect(modal.private_metadata?.length).toBeLessThan(3_000);
    expect(JSON.stringify(modal.blocks[0])).toContain('70 more come after these.');
    const read = readPage(modal.private_metadata ?? '', { 'group-0': ['9000000'], 'group-4': ['9000049'] });
    expect(read).toMatchObject({ id: 3, ticked: [9_000_000, 9_000_049] });
    expect(read.shown).toHaveLength(50);
  });

  test('what comes back is checked like any other input', () => {
    expect(() => readPage('{"id":"3","shown":[1]}', {})).toThrow();
    expect(() => readPage('{"id":3,"shown":[1]}', { 'group-0': ['x'] })).toThrow();
    expect(() => readNone('{"id":0}')).toThrow();
    expect(readNone(noneModal(3, listed(2)).private_metadata ?? '')).toEqual({ id: 3, count: 2 });
  });
});

describe('progress', () => {
  const now = instant('2026-10-08T12:00:00Z');
  const ana: Progress = {
    person: { id: 1, slackId: 'U1', name: 'Ana', isDeactivated: false, kind: 'member' },
    ...standing,
    askedAt: instant('2026-10-05T07:00:00Z'),
    isReminded: false,
    mayBeAsked: true,
    refusals: [],
  };
  const line = (change: Partial<Progress>) => progressLine({ ...ana, ...change }, now, 'Europe/Berlin');

  test.each<[string, Partial<Progress>]>([
    ['<@U1> 7 of 7', { mine: 7, left: 0 }],
    ['<@U1> 7 of 7, 2 of them not theirs', { mine: 5, notMine: 2, left: 0 }],
    ['<@U1> 0 of 7, asked Mon 5 Oct', {}],
    ['<@U1> 3 of 7, asked Mon 5 Oct and reminded once', { mine: 3, left: 4, isReminded: true }],
    ['<@U1> not asked yet (no team of theirs is live), 7 left', { askedAt: null, mayBeAsked: false }],
    ['<@U1> 0 of 7, to be asked soon', { askedAt: null }],
    [
      '<@U1> is no full member, so nobody is asked about 7 rocks',
      { person: { ...ana.person, kind: 'guest' } },
    ],
    ['<@U1>: what was listed is taken back', { listed: 0, left: 0 }],
  ])('%s', (words, change) => {
    expect(line(change)).toContain(words);
  });

  test('of a whole company stays within one message', () => {
    const refusals = listed(40).map(({ name }) => ({ name, reason: 'x'.repeat(500), suggested: null }));
    const all = Array.from({ length: 300 }, () => ({ ...ana, refusals }));
    const { text, blocks } = progressBlocks(all, now, 'Europe/Berlin');
    expect(text.length).toBeLessThanOrEqual(3_500);
    expect(textLength(blocks)).toBeLessThan(10_000);
    expect(blocks.length).toBeLessThan(50);
  });
});
