import { type PeopleDeps, syncDirectory } from './operations.ts';
import { findUnmatched } from './store.ts';

const firstPauseMs = 60_000;
const longestPauseMs = 60 * 60_000;
const sweepMs = 24 * 60 * 60_000;

/**
 * The heartbeat's part for people: reads Slack's whole directory once a day, and for those whom a file named
 * and Slack did not know. These are looked for a minute after they were named, then less and less often while
 * somebody stays unknown. A reading may take minutes: do not wait for it, nor begin another. `nowMs` is machine
 * time.
 */
export function matchingJob(
  deps: PeopleDeps,
  workspaceId: string,
  startedMs: number,
): (nowMs: number) => Promise<void> {
  let known = new Set<string>();
  let pauseMs = firstPauseMs;
  let checkedMs = startedMs;
  let lookedMs = startedMs;
  let sweptMs = startedMs;

  async function isDue(nowMs: number): Promise<boolean> {
    if (nowMs - checkedMs < firstPauseMs) return false;
    checkedMs = nowMs;
    const unmatched = await findUnmatched(deps.db, workspaceId);
    // Somebody who never appears must not make a file that was imported just now wait.
    if (unmatched.some((row) => !known.has(row))) pauseMs = firstPauseMs;
    known = new Set(unmatched);
    return nowMs - lookedMs >= pauseMs && (unmatched.length > 0 || nowMs - sweptMs >= sweepMs);
  }

  return async (nowMs) => {
    if (!(await isDue(nowMs))) return;
    lookedMs = nowMs;
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    await syncDirectory(deps, workspaceId);
    sweptMs = nowMs;
  };
}
