import { within } from '../../platform/core/within.ts';
import { type PeopleDeps, syncDirectory } from './operations.ts';
import { findUnmatched } from './store.ts';

const firstPauseMs = 60_000;
const longestPauseMs = 60 * 60_000;
const sweepMs = 24 * 60 * 60_000;
/** A beat waits this long for the directory; a larger one is read on while the beats go on. */
const patienceMs = 1_000;

/**
 * The heartbeat's part for people: reads Slack's whole directory once a day, and for those whom a file named
 * and Slack did not know. These are looked for a minute after they were named, then less and less often while
 * somebody stays unknown. Throws what went wrong with a reading. `nowMs` is machine time.
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
  let reading: Promise<{ error: unknown } | null> | null = null;

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
    if (reading === null) {
      if (!(await isDue(nowMs))) return;
      lookedMs = nowMs;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      reading = syncDirectory(deps, workspaceId).then(
        () => null,
        (error: unknown) => ({ error }),
      );
    }
    const read = await within(patienceMs, reading);
    if (read === undefined) return;
    reading = null;
    if (read.value !== null) throw read.value.error;
    sweptMs = nowMs;
  };
}
