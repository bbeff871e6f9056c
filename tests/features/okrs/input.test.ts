import { expect, it } from 'vitest';
import { type ListQuestion, readListQuestion } from '../../../src/features/okrs/input.ts';
import { readWords } from '../../../src/platform/slack/command-text.ts';

const ana = { of: { kind: 'person', slackId: 'U1', name: 'ana' } };

it.each<[string, ListQuestion | typeof ana | null]>([
  ['', { of: 'asker' }],
  ['list', { of: 'asker' }],
  ['LIST', { of: 'asker' }],
  ['list <@U1|ana>', ana],
  ['<@U1|ana>', null],
  ['list ana', null],
  ['list <@U1|ana> 2026-Q4', null],
  ['lits', null],
])('/okr %s', (typed, question) => {
  expect(readListQuestion(readWords(typed))).toEqual(question);
});
