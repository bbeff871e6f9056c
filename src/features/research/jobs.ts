import type { Database } from '../../platform/db/database.ts';
import type { Job } from '../../platform/job.ts';
import type { Log } from '../../platform/log.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { listDueQueues, nextDueQueue, settleAccount } from './turn-operations.ts';

/** As many queues as one beat moves on; the rest comes with the next one. */
const mostAtOnce = 100;

/** Moves the queues of accounts on: rests that are over, turns that are over, and people who left. */
export function researchJob({ db, log }: { db: Database; log: Log }, workspaceId: string): Job {
  return {
    name: 'queues for accounts',
    async run() {
      for (const { id } of await listDueQueues(db, workspaceId, mostAtOnce)) {
        await settleAccount(db, workspaceId, id).catch((error: unknown) => {
          log.error({ err: error, account: id }, 'the queue of an account did not move on');
        });
      }
    },
    async next(after) {
      const next = await nextDueQueue(db, workspaceId, after);
      return next === undefined ? null : { at: next.at, what: `the queue for ${inline(next.name)}` };
    },
  };
}
