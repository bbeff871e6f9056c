import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/platform/db/database.ts';
import { gathered } from '../../../src/platform/db/gathered.ts';

/** Nothing is connected before the first statement, and here is none. */
let db: Database;
beforeEach(() => {
  db = openDatabase('postgres://nobody@127.0.0.1:9/nothing');
});
afterEach(async () => await db.destroy());

/** Asks for twice a number, and keeps which numbers were asked for together. */
function doubling() {
  const statements: number[][] = [];
  const ask = gathered<number, number>(async (_, keys) => {
    statements.push(keys);
    await Promise.resolve();
    if (keys.includes(13)) throw new Error('13 cannot be asked');
    return keys.map((key) => key * 2);
  });
  return { statements, ask: (key: number) => ask(db, key) };
}

describe('those who ask at once', () => {
  test('share a statement while one is on its way, and each gets their own answer', async () => {
    const { statements, ask } = doubling();
    expect(await Promise.all([1, 2, 3, 2].map(ask))).toEqual([2, 4, 6, 4]);
    expect(statements).toEqual([[1], [2, 3, 2]]);
  });

  test('are asked for in parts when they are many', async () => {
    const { statements, ask } = doubling();
    const numbers = Array.from({ length: 120 }, (_, index) => index + 100);
    expect(await Promise.all(numbers.map(ask))).toEqual(numbers.map((number) => number * 2));
    expect(statements.map((keys) => keys.length)).toEqual([1, 50, 50, 19]);
  });

  test('do not fail with one that cannot be asked', async () => {
    const { ask } = doubling();
    const answers = await Promise.allSettled([1, 2, 13, 3].map(ask));
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 'failed'))).toEqual([
      2,
      4,
      'failed',
      6,
    ]);
    expect(await ask(5)).toBe(10);
  });
});

test('who asks alone waits for nobody, one time after the other', async () => {
  const { statements, ask } = doubling();
  expect([await ask(1), await ask(2)]).toEqual([2, 4]);
  expect(statements).toEqual([[1], [2]]);
});

test('an answer that is missing is an error and not somebody else’s', async () => {
  const ask = gathered<number, number>(async (_, keys) => keys.slice(1));
  const answers = await Promise.allSettled([ask(db, 1), ask(db, 2)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
