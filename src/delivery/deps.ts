import { setTimeout as wait } from 'node:timers/promises';
import { type Counting, uncounted } from '../platform/counting.ts';
import type { Log } from '../platform/log.ts';
import type { ClaimingDeps } from './claiming.ts';
import type { PostingDeps } from './posting.ts';
import { Settling } from './settling.ts';
import type { Silence } from './silence.ts';

/** What delivery is given. */
export type SenderDeps = ClaimingDeps &
  PostingDeps & {
    log: Log;
    counting?: Counting;
    /** A clock that nobody turns, in milliseconds from any beginning. Tests give a virtual one. */
    monotonicMs?: () => number;
    /** What Slack has asked this process for, shared by all that it does. */
    silence?: Silence;
    /** Waits in that time. */
    sleep?: (ms: number) => Promise<void>;
  };

/** What a step of delivery did. */
export type Done = {
  count: number;
  /**
   * Milliseconds of machine time until there is more to do, as far as it can be foreseen; 0: at once, null: nothing
   * is in sight.
   */
  inMs: number | null;
};

export const realMonotonicMs = (): number => performance.now();
export const realSleep = (ms: number): Promise<void> => wait(ms);

export function settlingOf({ db, limits, log, counting = uncounted }: SenderDeps): Settling {
  return new Settling({ db, limits, log, counting });
}
