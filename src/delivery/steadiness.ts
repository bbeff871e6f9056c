import { sql } from 'kysely';
import type { Database } from '../platform/db/database.ts';
import { realMonotonicMs, type SenderDeps } from './deps.ts';
import { settleMsOf } from './limits.ts';

/** A clock may be put right by less than this, in milliseconds, without anybody waiting for it. */
const tolerance = 1_000;

/**
 * Notices when the database's clock was put forward. A settle time is over at once then, and a post that began before
 * may still be on its way; so a reading proves nothing until as much time has passed by this process's own clock.
 */
export class Steadiness {
  readonly #deps: Pick<SenderDeps, 'db' | 'limits' | 'monotonicMs'>;
  /** At most so far the database's clock was ahead of the process's when it was last looked at. */
  #furthestMs = Number.POSITIVE_INFINITY;
  #steppedAtMs = Number.NEGATIVE_INFINITY;

  constructor(deps: Pick<SenderDeps, 'db' | 'limits' | 'monotonicMs'>) {
    this.#deps = deps;
  }

  /** Looks at both clocks; milliseconds until readings prove something again, 0 when they do. */
  async look(): Promise<number> {
    const { db, limits, monotonicMs = realMonotonicMs } = this.#deps;
    const beforeMs = monotonicMs();
    const machineMs = await readMachineMs(db);
    const afterMs = monotonicMs();
    // However long the question took, it was answered in between: what is left is a step for certain.
    if (machineMs - afterMs > this.#furthestMs + tolerance) this.#steppedAtMs = afterMs;
    this.#furthestMs = machineMs - beforeMs;
    return Math.max(0, this.#steppedAtMs + settleMsOf(limits) - afterMs);
  }
}

async function readMachineMs(db: Database): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from machine_now()) * 1000)::float8 as ms`.execute(db);
  return rows[0]?.ms ?? Number.NaN;
}
