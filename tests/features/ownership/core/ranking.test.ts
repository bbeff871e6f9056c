import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type Ranking, rank } from '../../../../src/features/ownership/core/ranking.ts';

const named = (...names: string[]): Candidate[] =>
  names.map((normal, index) => ({ rockId: index + 1, normal, similarity: 0.5 }));
const sure = (rockId: number): Ranking => ({ kind: 'sure', rockId });
const unsure = (...rockIds: number[]): Ranking => ({ kind: 'unsure', rockIds });

describe('a slip of the finger', () => {
  it.each([
    ['swapped', 'paymnet', 'payment'],
    ['left out', 'paymnt', 'payment'],
    ['added', 'paymentt', 'payment'],
    ['twice, in a long word', 'chekcuot', 'checkout'],
    ['in a short word', 'pyas', 'pays'],
  ])('is understood: %s', (_, typed, name) => {
    expect(rank(typed, named('roadmap', name))).toEqual(sure(2));
  });

  it('is not guessed in words of up to three letters, nor twice in words of up to seven', () => {
    expect(rank('sso', named('sms'))).toEqual(unsure(1));
    expect(rank('apu', named('api')).kind).toBe('unsure');
    expect(rank('pymetn', named('payment')).kind).toBe('unsure');
  });

  it('is not sure when it could be another rock too, however much nearer one is', () => {
    expect(rank('paymant', named('payment', 'paymint'))).toEqual(unsure(1, 2));
    expect(rank('checkuot', named('checkaut', 'checkout'))).toEqual(unsure(2, 1));
  });

  it('is sure when both names are of one rock', () => {
    const both = [
      { rockId: 7, normal: 'payment', similarity: 0.4 },
      { rockId: 7, normal: 'paymant', similarity: 0.9 },
    ];
    expect(rank('paymint', both)).toEqual(sure(7));
  });

  it('counts more than a name with all the words', () => {
    expect(rank('checkot', named('checkot board', 'checkout'))).toEqual(sure(2));
  });
});

describe('a part of a name', () => {
  it('is enough when one rock alone has all the words, in any order', () => {
    expect(rank('board launch', named('launch board europe', 'launch deck'))).toEqual(sure(1));
  });

  it('is not, when several have them', () => {
    expect(rank('launch', named('launch board', 'launch deck', 'roadmap'))).toMatchObject({ kind: 'unsure' });
  });

  it('may be the beginnings of its words, from three letters on', () => {
    expect(rank('launch con', named('launchpad control'))).toEqual(sure(1));
    expect(rank('lau', named('launchpad control'))).toEqual(sure(1));
    expect(rank('la', named('launchpad control'))).toEqual(unsure(1));
    expect(rank('pad', named('launchpad control'))).toEqual(unsure(1));
  });
});

describe('what is only similar', () => {
  it('is offered, most alike first, five at most', () => {
    const alike = [0.41, 0.9, 0.5, 0.8, 0.6, 0.7].map((similarity, index) => ({
      rockId: index + 1,
      normal: `other thing ${index}`,
      similarity,
    }));
    expect(rank('something else', alike)).toEqual(unsure(2, 4, 6, 5, 3));
  });

  it('is not even offered when it is hardly alike', () => {
    expect(rank('something else', [{ rockId: 1, normal: 'roadmap', similarity: 0.39 }])).toEqual(unsure());
    expect(rank('anything', [])).toEqual(unsure());
  });
});

it('is never sure among two that are equally near, and offers each rock once', () => {
  const name = fc.stringMatching(/^[a-c]{1,9}( [a-c]{1,4})?$/);
  const candidate = fc.record({
    rockId: fc.integer({ min: 1, max: 6 }),
    normal: name,
    similarity: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(name, fc.array(candidate, { maxLength: 10 }), (typed, candidates) => {
      const ranking = rank(typed, candidates);
      if (ranking.kind === 'unsure') {
        expect(ranking.rockIds.length).toBeLessThanOrEqual(5);
        expect(new Set(ranking.rockIds).size).toBe(ranking.rockIds.length);
        return;
      }
      const chosen = candidates.filter((one) => one.rockId === ranking.rockId);
      const twins = chosen.map((one) => ({ ...one, rockId: 99 }));
      expect(rank(typed, [...candidates, ...twins]).kind).toBe('unsure');
      expect(rank(typed, [...twins, ...candidates]).kind).toBe('unsure');
    }),
    { numRuns: 2_000 },
  );
});
