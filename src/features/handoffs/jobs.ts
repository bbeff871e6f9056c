import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../platform/db/database.ts';
import type { Job } from '../../platform/job.ts';
import type { Log } from '../../platform/log.ts';
import { listDueSteps, runStep } from './clock-operations.ts';
import { findNextStep } from './step-store.ts';

/** As many steps as one beat does; the rest comes with the next one. */
const mostAtOnce = 100;

const words = {
  remind: 'a reminder',
  escalate: 'a word to the lead',
  expire: 'the end of an offer',
  return: 'the return of a loan',
  'overlap-end': 'the end of an overlap',
  'follow-up-7': 'a question after a week',
  'follow-up-30': 'a question after a month',
} as const;

/**
 * What the clock does for handoffs: reminds, tells a lead, ends what nobody answered, brings loans back, ends overlaps and
 * asks how it goes. Each step by itself, so that one that fails keeps no other from its turn; it comes again.
 */
export function handoffJob({ db, log }: { db: Database; log: Log }, workspaceId: string): Job {
  return {
    name: 'handoffs',
    async run() {
      for (const due of await listDueSteps(db, workspaceId, mostAtOnce)) {
        await runStep(db, workspaceId, due).catch((error: unknown) => {
          log.error({ err: error, handoff: due.handoffId, step: due.step }, 'a step of a handoff failed');
        });
      }
    },
    async next(after: Temporal.Instant) {
      const step = await findNextStep(db, workspaceId, after);
      return step === undefined ? null : { at: step.dueAt, what: `${words[step.step]} (${step.title})` };
    },
  };
}
