import { describe, expect, it } from 'vitest';
import { InHand } from '../../../src/platform/slack/in-hand.ts';

describe('work in hand', () => {
  it('is finished at once where there is none', async () => {
    await new InHand().finished();
  });

  it('gives back what the work gives, or throws what it throws', async () => {
    const inHand = new InHand();
    expect(await inHand.track(Promise.resolve(7))).toBe(7);
    await expect(inHand.track(Promise.reject(new Error('no')))).rejects.toThrow('no');
    await inHand.finished();
  });

  it('is waited for until all of it is over, failures and later work included', async () => {
    const inHand = new InHand();
    const [first, second, third] = [promise(), promise(), promise()];
    const ended: string[] = [];
    const over = inHand.finished().then(() => ended.push('too early'));
    await over;
    ended.length = 0;

    const tracked = inHand.track(first.promise).then(
      () => undefined,
      () => inHand.track(third.promise),
    );
    const other = inHand.track(second.promise);
    const finished = inHand.finished().then(() => ended.push('finished'));

    first.reject(new Error('failed'));
    await turns();
    second.resolve();
    await other;
    await turns();
    expect(ended).toEqual([]);

    third.resolve();
    await tracked;
    await finished;
    expect(ended).toEqual(['finished']);
  });
});

function promise() {
  return Promise.withResolvers<void>();
}

/** Lets every promise that can go on do so. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
