import { type Pace, workThrough } from './batches.ts';
import { closing } from './closing.ts';
import type { PlannerDeps } from './deps.ts';
import { losing } from './losing.ts';
import { planning } from './planning.ts';
import { pauseWhatIsNotLive } from './quieting.ts';
import { reckoning } from './reckoning.ts';

export type { PlannerDeps };

/** What a tick did, in cadences and occurrences. */
export type Ticked = { paused: number; closed: number; planned: number };

/** Many enough to plan fast, few enough that answers never wait long for the locks of one. */
const batchSize = 200;
/** A heart that beats every five seconds and must not be silent for a minute. */
const patienceMs = 20_000;

/**
 * What the clock does for cadences: pauses those that are not live in a quiet workspace or whose channel is lost, reckons with newer time zones, ends what is over,
 * and plans what is due. Idempotent, and safe from many processes at once: each row is locked by one of them, and the
 * database admits one occurrence a period.
 */
export async function tick(deps: PlannerDeps): Promise<Ticked> {
  const startedMs = performance.now();
  const pace: Pace = {
    db: deps.db,
    log: deps.log,
    batch: deps.batch ?? batchSize,
    isOver: () => performance.now() - startedMs > (deps.patienceMs ?? patienceMs),
  };
  await pauseWhatIsNotLive(deps);
  const paused = await workThrough(losing(deps), pace);
  await workThrough(reckoning(deps), pace);
  const closed = await workThrough(closing(deps), pace);
  const planned = await workThrough(planning(deps), pace);
  return { paused, closed, planned };
}
