import { describe, expect, test } from 'vitest';
import { agendaBlocks } from '../../../src/features/reviews/agenda-blocks.ts';
import {
  answerModal,
  answersBlocks,
  askedBlocks,
  nudgeBlocks,
  thanksBlocks,
} from '../../../src/features/reviews/answer-blocks.ts';
import { bringBlocks } from '../../../src/features/reviews/bring-blocks.ts';
import type { Line, LineSource } from '../../../src/features/reviews/core/line.ts';
import { minutesOf, sumWords } from '../../../src/features/reviews/core/minutes.ts';
import type { Review } from '../../../src/features/reviews/core/review.ts';
import { actionModal, closeModal, decideModal } from '../../../src/features/reviews/form-blocks.ts';
import { minutesForChannel, minutesMessages } from '../../../src/features/reviews/minutes-blocks.ts';
import { headings } from '../../../src/features/reviews/words.ts';
import { messageProblems, modalProblems } from '../../support/block-limits.ts';
import { instant } from '../../support/builders.ts';
import { worstTexts } from '../../support/worst-case.ts';
import { aDecision, aLine, anAction, ana, aReview, ben, closed, gathered } from './samples.ts';

const shown = (content: { blocks: unknown }) => JSON.stringify(content.blocks);
/** The texts of blocks, as people read them. */
function wordsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'actions') return [];
  const own = 'text' in value && typeof value.text === 'string' ? [value.text] : [];
  return [...own, ...Object.values(value).flatMap(wordsIn)];
}
const saysTheSame = (content: { text: string; blocks: unknown }) =>
  expect(content.text).toBe(wordsIn(content.blocks).join('\n').replaceAll('*', ''));

function pagesOf(
  review: Review,
  lines: readonly Line[],
  answered: { asked: number; in: number } | null = null,
) {
  const pages = Math.max(1, ...lines.map(({ page }) => page));
  return Array.from({ length: pages }, (_, index) =>
    agendaBlocks(review, {
      number: index + 1,
      pages,
      lines: lines.filter(({ page }) => page === index + 1),
      all: lines,
      answered,
    }),
  );
}

const sources = Object.keys(headings) as LineSource[];

describe('an agenda', () => {
  test.each(worstTexts)('of thirty of the longest lines fits into three messages: %s', (_name, text) => {
    const lines = Array.from({ length: 30 }, (_, index) =>
      aLine(index + 1, {
        source: sources[index % sources.length] ?? 'point',
        title: text(300),
        facts: 'f'.repeat(1_200),
        deferredBy: ben,
        decisions: Array.from({ length: 5 }, (_, at) => aDecision(at, text(1_000))),
        actions: Array.from({ length: 5 }, (_, at) => anAction(at, text(200))),
      }),
    );
    const review = aReview({ name: text(60), leftOut: 40 });
    for (const state of [{}, closed]) {
      const pages = pagesOf({ ...review, ...state }, lines, { asked: 400, in: 17 });
      expect(pages).toHaveLength(3);
      expect(pages.flatMap((page) => messageProblems(page))).toEqual([]);
      // Whatever has to give way, each line and how much came of it stays.
      const all = pages.map(({ text: said }) => said).join('\n');
      for (const { position } of lines) expect(all).toMatch(new RegExp(`^${position}\\. `, 'm'));
    }
  });

  test('says in its text what its blocks say', () => {
    const lines = [
      aLine(1, { decisions: [aDecision(1)], actions: [anAction(1)], deferredBy: ben }),
      aLine(2, { source: 'slips' }),
    ];
    for (const review of [aReview({ leftOut: 3 }), aReview(closed)])
      for (const page of pagesOf(review, lines, { asked: 3, in: 2 })) saysTheSame(page);
    expect(pagesOf(aReview(), lines, { asked: 3, in: 2 })[0]?.text).toBe(
      [
        'Roadmap review, 26 November 2026',
        '2 lines to talk about. Press what comes of each as you go; `Close review` posts the minutes. 2 of 3 have answered; see the thread.',
        'Changed on the roadmap',
        '1. Item 1',
        'new in now',
        ':white_check_mark: Decision 1: Outcome 1 (<@U0ANA>)',
        ':arrow_right: <@U0BEN>: Action 1, by Tue 1 Dec',
        ':fast_forward: Put off to the next one by <@U0BEN>',
        'Slipped',
        '2. Item 2',
        'new in now',
      ].join('\n'),
    );
  });

  test('names the first three that came of a line, and counts the rest', () => {
    const line = aLine(1, {
      decisions: [1, 2, 3, 4].map((number) => aDecision(number)),
      actions: [1, 2, 3, 4, 5].map((id) => anAction(id)),
    });
    const [page] = pagesOf(aReview(), [line]);
    expect(page?.text).toContain('Decision 3: Outcome 3');
    expect(page?.text).toContain('… and 1 more decision\n');
    expect(page?.text).toContain('… and 2 more actions');
    expect(page?.text).not.toContain('Outcome 4');
  });

  test('shows what people wrote, and lets none of it format or ping', () => {
    const wild = '<!channel> *bold* > quote';
    const line = aLine(1, { title: wild, decisions: [aDecision(1, wild)], actions: [anAction(1, wild)] });
    const [page] = pagesOf(aReview({ name: wild }), [line]);
    expect(page?.text.split('&lt;!channel&gt; ∗bold∗ &gt; quote')).toHaveLength(5);
    expect(messageProblems(page ?? { text: '', blocks: [] })).toEqual([]);
  });

  test('offers what can be done with a line, and not what was done once', () => {
    const [page] = pagesOf(aReview(), [aLine(1), aLine(2, { deferredBy: ben })]);
    expect(shown(page ?? { blocks: [] }).match(/review:defer\/\d+/g)).toEqual(['review:defer/1']);
    expect(shown(page ?? { blocks: [] }).match(/review:decide\/\d+/g)).toHaveLength(2);
  });
});

describe('minutes', () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    aLine(index + 1, {
      decisions: Array.from({ length: 7 }, (_, at) => aDecision(index * 7 + at + 1)),
      actions: [anAction(index)],
    }),
  );

  test('of 200 decisions go on in more messages, and nothing of them is lost', () => {
    const long = many.map((line) => ({
      ...line,
      decisions: line.decisions.map((it) => ({ ...it, outcome: `${it.outcome} ${'o'.repeat(900)}.` })),
    }));
    for (const [lines, isLong] of [
      [many, false],
      [long, true],
    ] as const) {
      const messages = minutesMessages(aReview(closed), minutesOf(lines));
      expect(messages.length).toBeGreaterThan(1);
      for (const message of messages) {
        expect(messageProblems(message, 'answer')).toEqual([]);
        saysTheSame(message);
      }
      const all = messages.map(({ text }) => text).join('\n');
      for (let number = 1; number <= 210; number += 1) expect(all.split(`• ${number}. `)).toHaveLength(2);
      if (isLong) expect(all.match(/o{900}\./g)).toHaveLength(210);
      expect(messages[0]?.text).toMatch(/^Minutes: Roadmap review, 26 November 2026 \(1 of \d+\)\n/);
    }
  });

  test('that are cut in the channel point to the thread', () => {
    const content = minutesForChannel(aReview(closed), minutesOf(many));
    expect(messageProblems(content, 'answer')).toEqual([]);
    saysTheSame(content);
    expect(content.text).toMatch(/… and \d+ more\.\nAll of them are in the thread of the agenda\.$/);
    const short = minutesForChannel(aReview(closed), minutesOf([aLine(1)]));
    expect(short.text).not.toContain('thread');
  });

  test.each(worstTexts)('fit, whatever people wrote: %s', (_name, text) => {
    const lines = Array.from({ length: 30 }, (_, index) =>
      aLine(index + 1, {
        title: text(300),
        decisions: Array.from({ length: 7 }, (_, at) => aDecision(at, text(1_000))),
        actions: [anAction(index, text(200))],
      }),
    );
    const minutes = minutesOf(lines);
    const review = aReview({ ...closed, name: text(60) });
    const contents = [...minutesMessages(review, minutes), minutesForChannel(review, minutes)];
    expect(contents.flatMap((content) => messageProblems(content, 'answer'))).toEqual([]);
  });

  test('of a review with nothing on it say so', () => {
    const [only] = minutesMessages(aReview(closed), minutesOf([]));
    expect(only?.text).toBe(
      'Minutes: Roadmap review, 26 November 2026\n<@U0ANA> closed it.\nNothing was on the agenda, and nothing was written down.',
    );
  });
});

describe('what people bring', () => {
  const of = { name: 'Roadmap review', channel: { slackId: 'C1', name: 'product' } };
  const reader = { now: instant('2026-11-24T08:00:00Z'), zone: 'Europe/Berlin' };
  const dueAt = instant('2026-11-26T09:00:00Z');

  test('is a line for each thing with what is wished of them', () => {
    const lines = [gathered('slips', 'Retries'), gathered('point', 'Anything')];
    const content = bringBlocks({ ...of, dueAt }, lines, reader);
    expect(content.text).toBe(
      [
        'Roadmap review is on Thu 26 Nov, 10:00, in <#C1>. Please bring:',
        '• Retries: whether the new date holds, and what would help',
        '• Anything',
      ].join('\n'),
    );
    saysTheSame(content);
  });

  test.each(worstTexts)('fits, and counts what has no room: %s', (_name, text) => {
    const lines = sources.flatMap((source) => [gathered(source, text(300)), gathered(source, text(300))]);
    const content = bringBlocks({ ...of, name: text(60), dueAt }, lines, reader);
    expect(messageProblems(content)).toEqual([]);
    expect(content.text).toContain(`… and ${lines.length - 8} more of yours.`);
  });
});

describe('questions and forms', () => {
  const questions = (text: (length: number) => string) => Array.from({ length: 8 }, () => text(150));

  test.each(worstTexts)('fit, whatever people wrote: %s', (_name, text) => {
    const review = aReview({ name: text(60) });
    const of = { occurrenceId: 7, name: review.name };
    const answers = Array.from({ length: 8 }, () => text(1_000));
    const line = { id: 1, occurrenceId: 7, title: text(300), source: 'point' as const, subject: null };
    const settled = {
      ...{ number: 3, question: text(300), state: 'open' as const },
      ...{ options: Array.from({ length: 10 }, () => text(200)), approver: ana },
    };
    const messages = [
      askedBlocks(of, 8),
      nudgeBlocks(of),
      thanksBlocks(of),
      answersBlocks({ slackId: null, name: text(80) }, questions(text), answers),
    ];
    expect(messages.flatMap((content) => messageProblems(content))).toEqual([]);
    const modals = [
      answerModal(review, questions(text), answers),
      actionModal(line),
      decideModal(line, undefined),
      decideModal(line, settled),
      decideModal(line, { ...settled, state: 'decided' }),
      closeModal(review, [aLine(1), aLine(2)], sumWords(minutesOf([]))),
    ];
    expect(modals.flatMap(modalProblems)).toEqual([]);
  });

  test('of a line about a decision name it, and how it is settled', () => {
    const line = { id: 1, occurrenceId: 7, title: 'Keep it?', source: 'deferred' as const, subject: null };
    const settled = { number: 3, question: 'Keep it?', options: ['Yes', 'No'], approver: ana };
    const titleOf = (view: { title: { text: string } }) => view.title.text;
    expect(titleOf(decideModal(line, undefined))).toBe('Decide');
    const open = decideModal(line, { ...settled, state: 'open' });
    expect(titleOf(open)).toBe('Decision 3');
    expect(JSON.stringify(open)).toContain('Which option?');
    const later = decideModal(line, { ...settled, state: 'decided' });
    expect(titleOf(later)).toBe('Instead of decision 3');
    expect(JSON.stringify(later)).not.toContain('Which option?');
  });

  test('count what is asked, and thank for answers', () => {
    const of = { occurrenceId: 7, name: 'Weekly sync' };
    expect(
      [askedBlocks(of, 1), askedBlocks(of, 3), nudgeBlocks(of), thanksBlocks(of)].map(({ text }) => text),
    ).toEqual([
      'Weekly sync has one question for you. What you say stands in its thread, with your name.',
      'Weekly sync has 3 questions for you. What you say stands in its thread, with your name.',
      'Weekly sync still waits to hear from you. A sentence each is enough.',
      'Thank you, Weekly sync has your answers.',
    ]);
  });
});
