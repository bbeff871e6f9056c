import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Job } from '../../platform/job.ts';
import { passPromptsOfLeaver } from './passing-operations.ts';
import { listAskedLeavers } from './store.ts';

/** Whoever left while a check-in asks them is not waited for: found by how things are, with the next beat. */
export function leaversJob({ db }: { db: Database }, workspaceId: string): Job {
  return {
    name: 'check-ins of leavers',
    async run() {
      for (const personId of await listAskedLeavers(db, workspaceId)) {
        await inTransaction(db, async (tx) => {
          await passPromptsOfLeaver(tx, workspaceId, personId, await companyNow(tx, workspaceId));
        });
      }
    },
    async next() {
      return null;
    },
  };
}
