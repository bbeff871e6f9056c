import { schedule } from 'node-cron';
import { within } from './core/within.ts';
import type { Log } from './log.ts';

export type Heartbeat = {
  /** Seconds since the last beat that came through, or since the start while there was none: for readiness. */
  age(): number;
  /** Beats as soon as it can, besides the regular times: a hint that there is work. */
  hint(): void;
  /** The same, and waits until a beat that began after this call is over. */
  beatNow(): Promise<void>;
  /** Beats no more, and waits for the beat that is under way. */
  stop(): Promise<void>;
};

/** A beat that takes longer hangs, most likely on something that will not come back: the next ones go on without it. */
const longestBeatMs = 60_000;

/**
 * Calls `beat` every five seconds, never twice at once unless one hangs. A hint during a beat makes it beat once more.
 * node-cron in UTC and nothing else of it: rules, zones and what was missed are decided in the database's time.
 */
export function startHeartbeat(beat: () => Promise<void>, log: Log, deadlineMs = longestBeatMs): Heartbeat {
  let lastAt = performance.now();
  let running: Promise<void> | null = null;
  let isWanted = false;
  let isStopped = false;

  async function beatOnce(): Promise<void> {
    try {
      const done = await within(deadlineMs, beat());
      if (done === undefined) log.error({ deadlineMs }, 'a heartbeat hangs; the next ones go on without it');
      else lastAt = performance.now();
    } catch (error) {
      log.error({ err: error }, 'a heartbeat failed');
    }
  }

  function hint(): void {
    isWanted = true;
    if (running !== null || isStopped) return;
    running = (async () => {
      while (isWanted && !isStopped) {
        isWanted = false;
        await beatOnce();
      }
      running = null;
    })();
  }

  const task = schedule('*/5 * * * * *', hint, { timezone: 'UTC', name: 'heartbeat' });
  hint();
  return {
    hint,
    async beatNow() {
      hint();
      await running;
    },
    age: () => (performance.now() - lastAt) / 1000,
    async stop() {
      isStopped = true;
      await task.stop();
      await running;
    },
  };
}
