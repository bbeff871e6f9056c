import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/playground/keep/store.ts';
import { WriteBehind } from '../../../src/playground/keep/write-behind.ts';

describe('a state that is written behind', () => {
  it('gathers what changes in a short while into one write, in the order of the changes', async () => {
    const { keeper, writes, pauseOver } = make();
    keeper.put('message', 'a', () => 1);
    keeper.put('message', 'b', () => 2);
    expect(writes).toEqual([]);
    pauseOver();
    await keeper.kept();
    expect(writes).toEqual([{ anew: false, rows: ['message a 1', 'message b 2'] }]);
  });

  it('writes what changed twice once, as it reads in the end', async () => {
    const { keeper, writes } = make();
    const message = { text: 'one' };
    keeper.put('message', 'a', () => message);
    keeper.put('message', 'b', () => 0);
    message.text = 'two';
    keeper.put('message', 'a', () => message);
    message.text = 'three';
    await keeper.kept();
    expect(writes).toEqual([{ anew: false, rows: ['message a {"text":"three"}', 'message b 0'] }]);
  });

  it('does not wait for the while to be over when somebody wants to know that it is kept', async () => {
    const { keeper, writes, pauses } = make();
    keeper.put('message', 'a', () => 1);
    await keeper.kept();
    expect(writes).toHaveLength(1);
    expect(pauses()).toBe(0);
  });

  it('says at once that it is kept when nothing changed', async () => {
    const { keeper, writes } = make();
    await keeper.kept();
    expect(writes).toEqual([]);
  });

  it('lets one write end before it begins the next, which takes all that came in between', async () => {
    const { keeper, writes, hold } = make();
    const release = hold();
    keeper.put('message', 'a', () => 1);
    const first = keeper.kept();
    await Promise.resolve();
    keeper.put('message', 'b', () => 2);
    const second = keeper.kept();
    keeper.put('message', 'c', () => 3);
    const third = keeper.kept();
    release();
    await Promise.all([first, second, third]);
    expect(writes.map(({ rows }) => rows)).toEqual([['message a 1'], ['message b 2', 'message c 3']]);
  });

  it('reports a write that failed, and tries it again before what came later', async () => {
    const { keeper, writes, errors, fail, pauseOver } = make();
    fail(new Error('the disk is full'));
    keeper.put('message', 'a', () => 1);
    await keeper.kept();
    expect(errors).toEqual([new Error('the disk is full')]);
    expect(writes).toEqual([]);
    keeper.put('message', 'b', () => 2);
    pauseOver();
    await keeper.kept();
    expect(writes).toEqual([{ anew: false, rows: ['message a 1', 'message b 2'] }]);
  });

  it('reports a value that cannot be written', async () => {
    const { keeper, errors } = make();
    keeper.put('message', 'a', () => {
      throw new Error('no such value');
    });
    await keeper.kept();
    expect(errors).toEqual([new Error('no such value')]);
  });

  it('forgets what waited and what was written before, and goes on', async () => {
    const { keeper, writes } = make();
    keeper.put('message', 'a', () => 1);
    keeper.clear();
    keeper.put('message', 'b', () => 2);
    await keeper.kept();
    expect(writes).toEqual([{ anew: true, rows: ['message b 2'] }]);
    keeper.put('message', 'c', () => 3);
    await keeper.kept();
    expect(writes[1]).toEqual({ anew: false, rows: ['message c 3'] });
  });

  it('does not bring back what was forgotten while its write failed', async () => {
    const { keeper, writes, fail, hold } = make();
    const release = hold();
    fail(new Error('gone'));
    keeper.put('message', 'a', () => 1);
    const first = keeper.kept();
    await Promise.resolve();
    keeper.clear();
    release();
    await first;
    await keeper.kept();
    expect(writes).toEqual([{ anew: true, rows: [] }]);
  });
});

/** A keeper whose writes end, fail and wait when the test says so. */
function make() {
  const writes: { anew: boolean; rows: string[] }[] = [];
  const errors: unknown[] = [];
  const failures: Error[] = [];
  const pending = new Set<() => void>();
  let held = Promise.resolve();
  const keeper = new WriteBehind({
    async save(rows: readonly Row[], { anew }) {
      await held;
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      writes.push({ anew, rows: rows.map(({ kind, key, value }) => `${kind} ${key} ${value}`) });
    },
    onError: (error) => errors.push(error),
    pause(_ms, then) {
      pending.add(then);
      return () => pending.delete(then);
    },
  });
  return {
    keeper,
    writes,
    errors,
    fail: (error: Error) => failures.push(error),
    /** Writes wait until the returned function is called. */
    hold() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    pauses: () => pending.size,
    pauseOver() {
      for (const then of pending) then();
    },
  };
}
