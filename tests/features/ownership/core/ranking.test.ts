import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type Ranking, rank } from '../../../../src/features/ownership/core/ranking.ts';

const named = (...names: string[]): Candidate[] =>
  names.map((normal, index) => ({ rockId: index + 1, kind: 'name', normal, isRetired: false }));
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
    expect(rank('sso', named('sms'))).toEqual(unsure());
    expect(rank('apu', named('api')).kind).toBe('unsure');
    expect(rank('pymetn', named('payment')).kind).toBe('unsure');
  });

  it('is not sure when it could be another rock too, though one is a slip nearer', () => {
    expect(rank('paymant', named('payment', 'paymint'))).toEqual(unsure(1, 2));
    expect(rank('checkuot', named('checkaut', 'checkout'))).toEqual(unsure(2, 1));
  });

  it('is sure when the other one is two slips farther', () => {
    expect(rank('internal pyament', named('external payment', 'internal payment'))).toEqual(sure(2));
  });

  it('is sure when both names are of one rock', () => {
    const both = [
      { rockId: 7, kind: 'name', normal: 'payment', isRetired: false },
      { rockId: 7, kind: 'alias', normal: 'paymant', isRetired: false },
    ] as const;
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
    expect(rank('pad', named('launchpad control'))).toEqual(unsure());
  });
});

describe('words of which one is wrong', () => {
  it('are sure with a slip in each, whatever their order', () => {
    expect(rank('limt cadr', named('card limit', 'card payment'))).toEqual(sure(1));
  });

  it('are offered where a word is somebody else’s, most alike first, five at most', () => {
    const names = [
      'card fee',
      'card payment report',
      'card payment',
      'payment',
      'card',
      'card report',
      'roadmap',
    ];
    expect(rank('card payment wizard', named(...names))).toEqual(unsure(3, 2, 4, 5));
  });

  it('are not even offered when hardly anything of them is there', () => {
    expect(rank('something else', named('else or what nobody ever meant'))).toEqual(unsure());
    expect(rank('anything', [])).toEqual(unsure());
  });

  it('with a digit have no slips', () => {
    expect(rank('api 3', named('api 2'))).toEqual(unsure(1));
    expect(rank('release 2027', named('release 2026', 'release 2028')).kind).toBe('unsure');
  });
});

describe('spaces', () => {
  it('are where people put them', () => {
    expect(rank('checkout', named('check out'))).toEqual(sure(1));
    expect(rank('check out flow', named('checkout flow', 'check'))).toEqual(sure(1));
    expect(rank('peertopeer transfer', named('peer to peer transfer', 'transfer'))).toEqual(sure(1));
  });
});

describe('initials', () => {
  it('are sure from three words on, and offered of two', () => {
    expect(rank('tos', named('term of service', 'service'))).toEqual(sure(1));
    expect(rank('ci', named('continuous integration'))).toEqual(unsure(1));
  });

  it('are not sure where two rocks have them, or another one is a slip away', () => {
    expect(rank('sdd', named('sepa direct debit', 'savings desk data')).kind).toBe('unsure');
    expect(rank('kycf', named('know your customer france', 'kycs')).kind).toBe('unsure');
  });
});

describe('what is retired', () => {
  const retired = (rockId: number, normal: string): Candidate => ({
    rockId,
    kind: 'name',
    normal,
    isRetired: true,
  });

  it('gives way to what is not', () => {
    expect(rank('paymant', [retired(1, 'payment'), ...named('x', 'paymint')])).toEqual(sure(2));
  });

  it('is found where nothing else is', () => {
    expect(rank('paymant', [retired(1, 'payment')])).toEqual(sure(1));
  });
});

it('offers what a summary says after what names say', () => {
  const said: Candidate = { rockId: 9, kind: 'summary', normal: '', isRetired: false };
  expect(rank('gift card', [said, ...named('card')])).toEqual(unsure(1, 9));
  expect(rank('gift card', [said])).toEqual(unsure(9));
});

it('is never sure among two that are equally near, and offers each rock once', () => {
  const name = fc.stringMatching(/^[a-c]{1,9}( [a-c]{1,4})?$/);
  const candidate = fc.record({
    rockId: fc.integer({ min: 1, max: 6 }),
    kind: fc.constantFrom('name', 'alias', 'key'),
    normal: name,
    isRetired: fc.constant(false),
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
