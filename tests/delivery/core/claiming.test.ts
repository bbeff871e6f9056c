import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  affordable,
  type Candidate,
  type Ended,
  headsOf,
  waitForToken,
} from '../../../src/delivery/core/claiming.ts';

const candidate = (id: string, lane: string, given: Partial<Candidate> = {}): Candidate => ({
  id,
  lane,
  isNudge: false,
  beforeAnswer: false,
  ended: null,
  ...given,
});
const over: Ended = { state: 'expired', reason: 'over' };
const ids = (all: readonly { id: string }[]) => all.map(({ id }) => id);

describe('the heads of lanes', () => {
  it('are the first of each, in order', () => {
    const all = [candidate('1', 'a'), candidate('2', 'b'), candidate('3', 'a'), candidate('4', 'c')];
    expect(ids(headsOf(all).heads)).toEqual(['1', '2', '4']);
  });

  it('pass over what has ended, which is told', () => {
    const all = [candidate('1', 'a', { ended: over }), candidate('2', 'a'), candidate('3', 'b')];
    expect(headsOf(all)).toMatchObject({
      heads: [{ id: '2' }, { id: '3' }],
      ended: [{ id: '1', ended: over }],
    });
  });

  it('that stand before an answer come first', () => {
    const all = [candidate('1', 'a'), candidate('2', 'b', { beforeAnswer: true })];
    expect(ids(headsOf(all).heads)).toEqual(['2', '1']);
  });
});

describe('what can be afforded', () => {
  const heads = ['1', '2', '3', '4'].map((id) => candidate(id, id));
  const answers = ['5', '6'].map((id) => candidate(id, id, { beforeAnswer: true }));

  it('is a token each, and parts of one count for nothing', () => {
    expect(ids(affordable(heads, { tokens: 2.9, reserve: 0, most: 10 }))).toEqual(['1', '2']);
  });

  it('leaves the reserve to answers', () => {
    const allowance = { tokens: 4, reserve: 2, most: 10 };
    expect(ids(affordable(heads, allowance))).toEqual(['1', '2']);
    expect(ids(affordable([...answers, ...heads], allowance))).toEqual(['5', '6']);
    expect(ids(affordable([...answers, ...heads], { ...allowance, tokens: 1 }))).toEqual(['5']);
  });

  it('is no more than there is room for', () => {
    expect(affordable(heads, { tokens: 100, reserve: 0, most: 3 })).toHaveLength(3);
  });

  it('never takes more than there are tokens, nor planned ones from the reserve', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { maxLength: 30 }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        fc.integer({ min: 0, max: 10 }),
        (kinds, tokens, reserve) => {
          const all = kinds.map((beforeAnswer, index) =>
            candidate(String(index), String(index), { beforeAnswer }),
          );
          const chosen = affordable(all, { tokens, reserve, most: 100 });
          expect(chosen.length).toBeLessThanOrEqual(tokens);
          const planned = chosen.filter((it) => !it.beforeAnswer).length;
          expect(planned).toBeLessThanOrEqual(Math.max(0, tokens - reserve));
        },
      ),
    );
  });
});

describe('the wait for a token', () => {
  it.each([
    ['an answer', true, 0, 250],
    ['an answer, with half of one saved up', true, 0.5, 125],
    ['a planned one', false, 2, 250],
    ['an answer that can be afforded', true, 1, 0],
  ])('of %s', (_, isAnswer, tokens, ms) => {
    expect(waitForToken(isAnswer, { tokens, reserve: 2 }, 4)).toBe(ms);
  });
});
