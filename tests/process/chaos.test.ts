import { expect, it } from 'vitest';
import { seedOfRun } from '../chaos/chance.ts';
import { tableOf } from '../chaos/figures.ts';
import { runRound } from '../chaos/round.ts';
import { shortRound } from '../chaos/sizes.ts';

const seed = seedOfRun();

// `npm run test:chaos` has five full rounds, and shows that a blind retry in place of the reconciler would be found out.
it('whatever happens to two processes, their database and their Slack, everything is said once and in order', async () => {
  const round = await runRound(shortRound(seed));
  expect(round, `CAIRN_CHAOS_SEED=${seed}${tableOf([round])}`).toMatchObject({
    lost: 0,
    doubled: 0,
    unwanted: 0,
    stale: 0,
    outOfOrder: 0,
    unended: [],
  });
}, 300_000);
