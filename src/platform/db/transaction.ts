import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** Postgres gives up on a transaction for reasons of timing alone: the same work may simply be done again. */
const transient = new Set(['40001', '40P01']);
const tries = 3;

/** What a submission does is answered in its acknowledgement, which Slack waits three seconds for. */
export const submissionTimeoutMs = 2_000;

/**
 * Runs `work` in one transaction; what it returns is committed, what it throws rolls back.
 * A deadlock or serialisation failure is tried again, so `work` must have no effect outside the database.
 * `timeoutMs` bounds every statement, and the whole: work that is not done by then is rolled back, since whoever
 * waited for it has been told that it failed.
 */
export async function inTransaction<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  options: { timeoutMs?: number } = {},
): Promise<T> {
  const startedMs = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(async (tx) => {
        if (options.timeoutMs !== undefined) {
          await sql`select set_config('statement_timeout', ${String(options.timeoutMs)}, true)`.execute(tx);
        }
        const result = await work(tx);
        const tookMs = performance.now() - startedMs;
        if (tookMs > (options.timeoutMs ?? Number.POSITIVE_INFINITY)) {
          throw new Error(`the work took ${Math.round(tookMs)} ms and may take ${options.timeoutMs} ms`);
        }
        return result;
      });
    } catch (error) {
      if (attempt >= tries || !isTransient(error)) throw error;
    }
  }
}

function isTransient(error: unknown): boolean {
  return error instanceof Error && 'code' in error && transient.has(String(error.code));
}
