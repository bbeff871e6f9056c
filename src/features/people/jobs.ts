import { matchUnmatched, type PeopleDeps } from './operations.ts';

const firstPauseMs = 60_000;
const longestPauseMs = 60 * 60_000;

/**
 * The heartbeat's part for people: looks for those whom a file named and Slack did not know. A minute after the
 * start at the earliest, then less and less often while somebody stays unknown, since each look reads Slack's
 * whole directory. `nowMs` is machine time.
 */
export function matchingJob(
  deps: PeopleDeps,
  workspaceId: string,
  startedMs: number,
): (nowMs: number) => Promise<void> {
  let pauseMs = firstPauseMs;
  let lastMs = startedMs;
  return async (nowMs) => {
    if (nowMs - lastMs < pauseMs) return;
    lastMs = nowMs;
    const isComplete = await matchUnmatched(deps, workspaceId);
    pauseMs = isComplete ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
  };
}
