import { companyNow } from '../../../platform/db/company-time.ts';
import type { Database } from '../../../platform/db/database.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Job } from '../../../platform/job.ts';
import { inline } from '../../../platform/slack/mrkdwn.ts';
import { askProposals, followMoved, hasToAsk } from './asking-operations.ts';
import { daysBetween } from './core/proposal.ts';
import { recountProposals } from './following-operations.ts';
import { findNextToAsk, hasFresh, listFresh, listMoved, listRecounted, lockProposals } from './store.ts';

/**
 * Lists what imports have brought since, counts again what has changed otherwise, and asks whom the workspace may tell
 * something. Four small reads where nothing has changed.
 */
export function proposalsJob({ db }: { db: Database }, workspaceId: string): Job {
  return {
    name: 'what imports list as people’s',
    async run() {
      if (await hasFresh(db, workspaceId))
        await inTransaction(db, async (tx) => {
          await lockProposals(tx, workspaceId);
          await listFresh(tx, workspaceId, await companyNow(tx, workspaceId));
        });
      if ((await listMoved(db, workspaceId)).length > 0)
        await inTransaction(db, async (tx) => {
          await lockProposals(tx, workspaceId);
          await followMoved(tx, workspaceId);
        });
      if ((await listRecounted(db, workspaceId, null)).length > 0)
        await inTransaction(db, async (tx) => recountProposals(tx, workspaceId));
      if (await hasToAsk(db, workspaceId))
        await inTransaction(db, async (tx) => {
          await lockProposals(tx, workspaceId);
          await askProposals(tx, workspaceId);
        });
    },
    async next(after) {
      const next = await findNextToAsk(db, workspaceId, after, daysBetween);
      return next === undefined ? null : { at: next.at, what: `a question to ${inline(next.name)}` };
    },
  };
}
