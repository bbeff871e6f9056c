import type { Database } from '../../platform/db/database.ts';
import type { Job } from '../../platform/job.ts';
import { inline } from '../../platform/slack/mrkdwn.ts';
import { findNextToAsk } from './asking-store.ts';
import { askOwners } from './outcome-operations.ts';

/** Thirty days after an item has shipped its owner is asked, once, whether it moved the number. */
export function outcomeJob({ db }: { db: Database }, workspaceId: string): Job {
  return {
    name: 'what shipped, and what it moved',
    async run() {
      while (await askOwners(db, workspaceId));
    },
    async next(after) {
      const next = await findNextToAsk(db, workspaceId, after);
      return next === undefined ? null : { at: next.at, what: `a question about ${inline(next.title)}` };
    },
  };
}
