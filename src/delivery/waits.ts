import type { Counting } from '../platform/counting.ts';
import type { BudgetName } from '../platform/db/tables.ts';

/** Counts that Slack asked to wait with a kind of call, and for how long. */
export function countWait(counting: Counting, call: BudgetName, pauseMs: number): void {
  counting.count('rate_limit_waits', { call });
  counting.count('rate_limit_wait_seconds', { call }, pauseMs / 1000);
}
