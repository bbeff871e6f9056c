import { describe, expect, test } from 'vitest';
import { longestAnswer } from '../../../src/features/reviews/answer-blocks.ts';
import { readAction, readAnswers, readLineId } from '../../../src/features/reviews/input.ts';
import type { Submission } from '../../../src/platform/slack/calls.ts';

const sent = (values: Submission['values'], metadata = '{"line":3}'): Submission => ({
  workspaceId: 'T1',
  slackUserId: 'U1',
  metadata,
  values,
  lists: {},
  files: {},
});

describe('the form of an action', () => {
  test('says beside each field what is missing', () => {
    expect(readAction(sent({ title: '  ', owner: null, due: null }))).toEqual({
      errors: {
        title: 'What is to be done? A few words are enough.',
        owner: 'Who does it? It takes one person.',
        due: 'By when? Pick a day.',
      },
    });
    expect(readAction(sent({ title: 'x'.repeat(201), owner: 'U2', due: '2026-13-01' }))).toEqual({
      errors: {
        title: 'An action has 200 characters at most; this one has 201.',
        due: 'By when? Pick a day.',
      },
    });
  });

  test('folds its title to one line', () => {
    const read = readAction(sent({ title: ' Ask\nthe  bank ', owner: 'U2', due: '2026-12-01' }));
    expect('errors' in read ? read.errors : [read.title, read.owner, read.dueOn.toString()]).toEqual([
      'Ask the bank',
      'U2',
      '2026-12-01',
    ]);
  });

  test('carries its line as a number, and nothing else', () => {
    expect(readLineId(sent({}))).toBe(3);
    expect(() => readLineId(sent({}, '{"line":"3; drop"}'))).toThrow();
  });
});

describe('answers', () => {
  test('are one for each question, in their order, and cut where they are too long', () => {
    const read = readAnswers(sent({ 'answer/0': ' Banks. ', 'answer/2': 'x'.repeat(2_000) }), 3);
    expect(read.map((answer) => answer.length)).toEqual([6, 0, longestAnswer]);
  });
});
