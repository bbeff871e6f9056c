import type { Database, Tx } from '../platform/db/database.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Log } from '../platform/log.ts';

/** One thing that the clock works off, and the key of its cadence. */
type Row = { id: number; cadence: string };

/** Which rows to lock: at most so many behind `after`, in order, or the one of an id. */
export type Choice<R> = { limit: number; after?: R | undefined; id?: number | undefined };

export type Work<R extends Row> = {
  /** What is told of one that fails: "this cadence could not be planned". */
  failure: string;
  /** Locks what is there to be done and nobody else works on. */
  lock(tx: Tx, choice: Choice<R>): Promise<R[]>;
  /** Does it, all in this transaction, and gives what is to be said once that is committed. */
  work(tx: Tx, rows: R[]): Promise<() => void>;
};

/** How batches are done, the same for all work of a tick. */
export type Pace = { db: Database; log: Log; batch: number; isOver(): boolean };

/** Longer than any batch takes on a machine that is well: what hangs is rolled back. In milliseconds. */
const timeoutMs = 15_000;

/**
 * Does all that is there to be done, a batch in each transaction. A batch that fails is done again one by one, so that
 * what cannot be done keeps nothing else waiting: it is told to the operator, and the next tick tries it again. Takes
 * nothing new once the pace says that it is over. Gives how much was done.
 */
export async function workThrough<R extends Row>(work: Work<R>, pace: Pace): Promise<number> {
  let done = 0;
  let after: R | undefined;
  while (!pace.isOver()) {
    const rows: R[] = [];
    try {
      done += await doOnce(work, pace, { limit: pace.batch, after }, rows);
    } catch (error) {
      if (rows.length === 0) throw error;
      done += await doOneByOne(work, pace, rows, error);
    }
    after = rows.at(-1);
    if (rows.length < pace.batch) break;
  }
  return done;
}

/** One transaction. `locked` shows which rows it was about, also when it throws. */
async function doOnce<R extends Row>(
  work: Work<R>,
  { db }: Pace,
  choice: Choice<R>,
  locked: R[],
): Promise<number> {
  const say = await inTransaction(
    db,
    async (tx) => {
      locked.splice(0, locked.length, ...(await work.lock(tx, choice)));
      return locked.length > 0 ? await work.work(tx, locked) : () => {};
    },
    { timeoutMs },
  );
  say();
  return locked.length;
}

async function doOneByOne<R extends Row>(
  work: Work<R>,
  pace: Pace,
  rows: readonly R[],
  why: unknown,
): Promise<number> {
  const tell = ({ id, cadence }: R, err: unknown) => pace.log.error({ err, cadence, id }, work.failure);
  const [only] = rows;
  if (only !== undefined && rows.length === 1) {
    tell(only, why);
    return 0;
  }
  let done = 0;
  for (const row of rows) {
    if (pace.isOver()) break;
    try {
      done += await doOnce(work, pace, { limit: 1, id: row.id }, []);
    } catch (error) {
      tell(row, error);
    }
  }
  return done;
}
