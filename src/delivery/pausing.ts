import type { BudgetName } from '../platform/db/tables.ts';
import { realMonotonicMs, realSleep, type SenderDeps } from './deps.ts';
import { savePause } from './pause-store.ts';

const againMs = 100;

/**
 * Lets all processes know that Slack asked to wait until then, on this process's clock. While the database does not
 * answer it is tried again, and given up when the wait is over.
 */
export async function keepPause(deps: SenderDeps, call: BudgetName, untilMs: number): Promise<void> {
  const { db, workspaceId, log, monotonicMs = realMonotonicMs, sleep = realSleep } = deps;
  for (let leftMs = untilMs - monotonicMs(); leftMs > 0; leftMs = untilMs - monotonicMs()) {
    try {
      return await savePause(db, workspaceId, call, leftMs);
    } catch (error) {
      log.warn({ err: error, call }, 'that Slack asked to wait could not be kept yet');
      await sleep(againMs);
    }
  }
}
