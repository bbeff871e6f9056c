import { companyNow } from '../../platform/db/company-time.ts';
import type { Database } from '../../platform/db/database.ts';
import { recordEvents } from '../../platform/db/events.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Job } from '../../platform/job.ts';
import { discardOpenSince, dropJournals, findNextEnd } from './store.ts';

/** So long a sheet waits for whoever began with it. */
const openDays = 7;

/** Lets sheets go that nobody came back to, and what was kept to take imports back, when that is over. */
export function importsJob({ db }: { db: Database }, workspaceId: string): Job {
  return {
    name: 'imports',
    async run() {
      await inTransaction(db, async (tx) => {
        const at = await companyNow(tx, workspaceId);
        const ids = await discardOpenSince(tx, workspaceId, at.subtract({ hours: 24 * openDays }));
        await recordEvents(
          tx,
          ids.map((id) => ({
            workspaceId,
            at,
            doer: { kind: 'clock' } as const,
            type: 'import.discarded',
            subject: { kind: 'import', id },
          })),
        );
        await dropJournals(tx, workspaceId, at);
      });
    },
    async next(after) {
      const at = await findNextEnd(db, workspaceId, { after, openDays });
      return at === null ? null : { at, what: 'the end of an import' };
    },
  };
}
