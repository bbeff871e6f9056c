import { expect, it } from 'vitest';
import { seedOfRun } from '../chaos/chance.ts';
import { tableOf } from '../chaos/figures.ts';
import { runRound } from '../chaos/round.ts';
import { shortRound, smallBlindRound } from '../chaos/sizes.ts';

const seed = seedOfRun();

it('whatever happens to two processes, their database and their Slack, everything is said once and in order', async () => {
  const round = await runRound(shortRound(seed));
  expect(round, `CAIRN_CHAOS_SEED=${seed}${tableOf([round])}`).toMatchObject({
    lost: 0,
    doubled: 0,
    unwanted: 0,
    stale: 0,
    outOfOrder: 0,
    early: [],
    unended: [],
  });
}, 300_000);

it('a blind retry in place of the reconciler says some things twice, or the test above proves nothing', async () => {
  const round = await runRound(smallBlindRound(seed));
  expect(round.doubled, `CAIRN_CHAOS_SEED=${seed}${tableOf([round])}`).toBeGreaterThan(0);
}, 300_000);
