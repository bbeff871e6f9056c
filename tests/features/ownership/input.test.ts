import { describe, expect, it } from 'vitest';
import type { Question } from '../../../src/features/ownership/core/rock.ts';
import { readQuestion } from '../../../src/features/ownership/input.ts';
import { readWords } from '../../../src/platform/slack/command-text.ts';

const name = (text: string): Question => ({ kind: 'name', text });

describe('/owner', () => {
  it.each<[string, Question]>([
    ['payments', name('payments')],
    ['launch deck', name('launch deck')],
    ['"launch deck"', name('launch deck')],
    ['R&amp;D', name('R&D')],
    ['<@U1|ana>', { kind: 'person', slackId: 'U1', name: 'ana' }],
    ['@ana', { kind: 'person', slackId: null, name: 'ana' }],
    ['<#C1|checkout>', { kind: 'channel', slackId: 'C1', name: 'checkout' }],
    ['#checkout', { kind: 'channel', slackId: null, name: 'checkout' }],
    ['<https://bi.example/x>', { kind: 'url', url: 'https://bi.example/x' }],
    ['unowned', { kind: 'unowned' }],
    ['Unowned', { kind: 'unowned' }],
    ['stale', { kind: 'stale' }],
    ['"unowned"', name('unowned')],
    ['“stale”', name('stale')],
    ['unowned things', name('unowned things')],
    ['<@U1|ana> board', name('@ana board')],
    ['<!subteam^S1|@pms>', { kind: 'group', slackId: 'S1', name: 'pms' }],
    ['<!channel>', name('<!channel>')],
    ['""', name('')],
  ])('%s', (typed, question) => {
    expect(readQuestion(readWords(typed))).toEqual(question);
  });

  it('asks nothing when nothing was typed', () => {
    expect(readQuestion(readWords(''))).toBeNull();
  });
});
