import { expect, test } from 'vitest';
import { readQuestion } from '../../../src/features/roadmap/question.ts';
import { readWords } from '../../../src/platform/slack/command-text.ts';

const all = { of: 'all' };
const named = (name: string, isQuoted = false) => ({ of: 'name', name, isQuoted });
const list = (horizon: string | null, whose: object) => ({ verb: 'list', horizon, whose });

test.each([
  ['', list(null, all)],
  ['now', list('now', all)],
  ['Shipped', list('shipped', all)],
  ['all', list('all', all)],
  ['@ana', list(null, { of: 'person', slackId: null, name: 'ana' })],
  ['later <@U0ANA|ana>', list('later', { of: 'person', slackId: 'U0ANA', name: 'ana' })],
  ['checkout', list(null, named('checkout'))],
  ['now Trips & service', list('now', named('Trips & service'))],
  ['"now"', list(null, named('now', true))],
  ['"add"', list(null, named('add', true))],
  ['add Smart retries', { verb: 'add', text: 'Smart retries' }],
  ['show "now"', { verb: 'show', text: 'now' }],
  ['edit retries', { verb: 'edit', text: 'retries' }],
  ['score', { verb: 'score', text: '' }],
  ['move smart retries NEXT', { verb: 'move', text: 'smart retries', to: 'next', last: 'next' }],
  ['move "now" now', { verb: 'move', text: 'now', to: 'now', last: 'now' }],
  ['move "now"', { verb: 'move', text: 'now', to: null, last: null }],
  ['move retries nwo', { verb: 'move', text: 'retries nwo', to: null, last: 'nwo' }],
  ['moved', { verb: 'moved', since: null }],
  ['moved since 1 Nov', { verb: 'moved', since: '1 Nov' }],
  ['moved Fri', { verb: 'moved', since: 'Fri' }],
  ['review', { verb: 'review' }],
])('/roadmap %s', (typed, question) => {
  expect(readQuestion(readWords(typed))).toEqual(question);
});
