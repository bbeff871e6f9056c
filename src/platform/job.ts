import type { Temporal } from 'temporal-polyfill';
import type { Log } from './log.ts';

/** What the clock does for a feature, besides its cadences. */
export type Job = {
  name: string;
  /** Does what is due by company time. Idempotent, and safe from several processes at once. */
  run(): Promise<void>;
  /** The soonest moment after `after`, in company time, at which it has something to do, and what, in words. */
  next(after: Temporal.Instant): Promise<{ at: Temporal.Instant; what: string } | null>;
};

/** Runs them one after the other. One that fails is logged, comes again with the next beat, and stops no other. */
export async function runJobs(jobs: readonly Job[], log: Log): Promise<void> {
  for (const job of jobs) {
    await job.run().catch((error: unknown) => log.error({ err: error, job: job.name }, 'a job failed'));
  }
}
