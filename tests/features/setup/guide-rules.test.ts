import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayBeFirst } from '../../../src/features/setup/guide/core/first-admin.ts';
import {
  progressOf,
  type StepKey,
  stepAfter,
  stepBefore,
  stepKeys,
} from '../../../src/features/setup/guide/core/path.ts';

const fresh = { isEmpty: true, hasNamedAdmin: false, hasAdmin: false, begun: null };

describe('the first admin', () => {
  test('is whoever asks first where nothing is here yet, even beside admins of Slack', () => {
    expect(mayBeFirst(fresh)).toBe(true);
    expect(mayBeFirst({ ...fresh, hasAdmin: true })).toBe(true);
  });

  test('is nobody where something is here, or somebody was named', () => {
    expect(mayBeFirst({ ...fresh, isEmpty: false })).toBe(false);
    expect(mayBeFirst({ ...fresh, hasNamedAdmin: true, hasAdmin: true })).toBe(false);
  });

  test('is the next one where whoever began has left and no admin is there', () => {
    const begun = { isThere: false };
    expect(mayBeFirst({ ...fresh, isEmpty: false, begun })).toBe(true);
    expect(mayBeFirst({ ...fresh, isEmpty: false, hasAdmin: true, begun })).toBe(false);
    expect(mayBeFirst({ ...fresh, hasAdmin: true, begun })).toBe(true);
  });

  test('is never somebody else while whoever began is there', () => {
    const standing = fc.record({
      isEmpty: fc.boolean(),
      hasNamedAdmin: fc.boolean(),
      hasAdmin: fc.boolean(),
    });
    fc.assert(fc.property(standing, (given) => !mayBeFirst({ ...given, begun: { isThere: true } })));
  });
});

describe('the path', () => {
  test('goes through every step once, forth and back', () => {
    const walked: StepKey[] = [stepKeys[0]];
    for (let next = stepAfter(stepKeys[0]); next !== null; next = stepAfter(next)) walked.push(next);
    expect(walked).toEqual(stepKeys);
    for (const key of stepKeys.slice(1)) expect(stepAfter(stepBefore(key) ?? 'ritual')).toBe(key);
  });

  test('counts what is done, in whichever order', () => {
    expect(progressOf([{ isDone: true }, { isDone: false }, { isDone: true }])).toEqual({ done: 2, of: 3 });
  });
});
