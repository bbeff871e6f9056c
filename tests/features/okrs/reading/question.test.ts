import { expect, test } from 'vitest';
import { type Question, readQuestion } from '../../../../src/features/okrs/reading/question.ts';
import { readWords } from '../../../../src/platform/slack/command-text.ts';

const list = (whose: unknown, cycle: string | null = null) => ({ verb: 'list', question: { whose, cycle } });
const ana = { of: 'person', kind: 'person', slackId: 'U1', name: 'ana' };

test.each<[string, Question | unknown]>([
  ['', list({ of: 'asker' })],
  ['list', list({ of: 'asker' })],
  ['LIST <@U1|ana>', list(ana)],
  ['list <@U1|ana> 2026-Q4', list(ana, '2026-Q4')],
  ['list checkout', list({ of: 'name', name: 'checkout' })],
  ['list Checkout team 2027', list({ of: 'name', name: 'Checkout team' }, '2027')],
  ['list at-risk', list({ of: 'at-risk' })],
  ['list at-risk 2026-Q3', list({ of: 'at-risk' }, '2026-Q3')],
  ['list all', list({ of: 'all' })],
  ['list 2026-Q4', list({ of: 'all' }, '2026-Q4')],
  ['tree', { verb: 'tree', cycle: null }],
  ['tree 2026-Q4', { verb: 'tree', cycle: '2026-Q4' }],
  ['show failed-rate', { verb: 'show', text: 'failed-rate' }],
  ['show', { verb: 'show', text: '' }],
  ['lits', null],
  ['<@U1|ana>', null],
])('/okr %s', (typed, question) => {
  expect(readQuestion(readWords(typed))).toEqual(question);
});
