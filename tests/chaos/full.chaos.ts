import { afterAll, describe, expect, it } from 'vitest';
import { seedOfRun } from './chance.ts';
import { tableOf } from './figures.ts';
import { type Round, runRound } from './round.ts';
import { blindRound, fullRound } from './sizes.ts';

const rounds = Number(process.env['CAIRN_CHAOS_ROUNDS'] ?? 5);
const seed = seedOfRun();
const done: Round[] = [];

console.log(`CAIRN_CHAOS_SEED=${seed}`);
afterAll(() => console.log(tableOf(done)));

describe('three processes on one database, against a Slack that misbehaves', () => {
  it.each(Array.from({ length: rounds }, (_, index) => index + 1))(
    'say everything once and in order, whatever happens (round %i)',
    async (number) => {
      const round = await runRound(fullRound(seed + number));
      done.push(round);
      console.log(tableOf([round]));
      expect(round).toMatchObject({
        lost: 0,
        doubled: 0,
        unwanted: 0,
        stale: 0,
        outOfOrder: 0,
        early: [],
        unended: [],
      });
    },
  );

  it('say some things twice with a blind retry in place of the reconciler, or this proves nothing', async () => {
    const round = await runRound(blindRound(seed));
    console.log(tableOf([round]));
    expect(round.doubled, 'a blind retry doubled nothing').toBeGreaterThan(0);
  });
});
