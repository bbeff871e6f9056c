import type { Database } from '../../platform/db/database.ts';
import type { Job } from '../../platform/job.ts';
import { hoursAhead } from './core/times.ts';
import { draftDue, letGoUnsent } from './drafting-operations.ts';
import { findNextToDraft } from './store.ts';

/** Drafts digests four hours before they are due, and lets those go that never went out. */
export function digestJob({ db }: { db: Database }, workspaceId: string): Job {
  return {
    name: 'digests',
    async run() {
      await draftDue(db, workspaceId);
      await letGoUnsent(db, workspaceId);
    },
    async next(after) {
      const at = await findNextToDraft(db, workspaceId, after);
      return at === undefined
        ? null
        : { at, what: `the digest for leaders is drafted, ${hoursAhead} hours ahead` };
    },
  };
}
